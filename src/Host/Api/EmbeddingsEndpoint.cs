using Orchestrator.Experts;
using Orchestrator.Experts.Embedding;
using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Retrieval;

namespace Orchestrator.Host.Api;

/// <summary><c>POST /v1/embeddings</c>.</summary>
sealed class EmbeddingsEndpoint(ServiceState state, RequestBody body, RequestDeadlines deadlines)
{
    public Task<IResult> HandleAsync(HttpContext context) =>
        deadlines.RunAsync(context, deadline => EmbedAsync(context, deadline.Token));

    async Task<IResult> EmbedAsync(HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            var request = EmbeddingRequestReader.Read(await body.ReadJsonAsync(context.Request, cancellationToken));
            var service = state.Ready();
            var expert = EmbeddingModels.Find(service, request.Model);
            var automatic = request.Model == RoutedEmbedder.Automatic;
            var side = request.Side ?? (automatic || expert.QueriesOnly ? EmbeddedSide.Query : EmbeddedSide.Document);
            var embedded = await service.Embedder.EmbedAsync(
                request.Model, new EmbeddingCall(request.Input, side) { Class = request.Class }, cancellationToken);
            var reply = EmbeddingReply.Of(request, embedded);
            EmbeddingHeaders.Write(context.Response.Headers, embedded.Experts, reply.Space);
            return Results.Json(reply, WireJson.Wire.EmbeddingReply);
        }
        catch (ExpertException tooLong) when (tooLong.Failure == ExpertFailure.PromptTooLong)
        {
            throw new ApiException(ApiError.Invalid(tooLong.Message, "input", "context_length_exceeded"));
        }
    }
}
