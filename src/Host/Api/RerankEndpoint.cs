using Orchestrator.Experts;
using Orchestrator.Experts.Embedding;
using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Api;

/// <summary>
/// <c>POST /v1/rerank</c>: orders documents by how near their vectors are to the query's. The query may be routed, and of a
/// document that is too long the beginning counts.
/// </summary>
sealed class RerankEndpoint(ServiceState state, RequestBody body, RequestDeadlines deadlines)
{
    public Task<IResult> HandleAsync(HttpContext context) =>
        deadlines.RunAsync(context, deadline => RerankAsync(context, deadline.Token));

    async Task<IResult> RerankAsync(HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            var request = RerankRequest.Read(await body.ReadJsonAsync(context.Request, cancellationToken));
            var service = state.Ready();
            var expert = EmbeddingModels.Find(service, request.Model);
            // Documents belong to the expert that the space is named by.
            var documents = expert.QueriesOnly ? SpaceName.DocumentsOf(expert.Space)! : expert.Id;
            var query = await service.Embedder.EmbedAsync(request.Model, new EmbeddingCall([request.Query], EmbeddedSide.Query), cancellationToken);
            var embedded = await service.Embedder.EmbedAsync(
                documents, new EmbeddingCall(request.Documents, EmbeddedSide.Document) { CutLongTexts = true }, cancellationToken);
            EmbeddingModels.CheckSpace(query.Space, embedded.Space);
            EmbeddingHeaders.Write(context.Response.Headers, query.Experts, query.Space);
            return Results.Json(RerankReply.Of(request, query, embedded), WireJson.Wire.RerankReply);
        }
        catch (ExpertException tooLong) when (tooLong.Failure == ExpertFailure.PromptTooLong)
        {
            throw new ApiException(ApiError.Invalid(tooLong.Message, "query", "context_length_exceeded"));
        }
    }
}
