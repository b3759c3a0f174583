using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Embedding;
using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Retrieval;

namespace Orchestrator.Host.Api;

/// <summary><c>POST /v1/embeddings</c>.</summary>
sealed class EmbeddingsEndpoint(ServiceState state, RequestBody body, ServerConfig server, TimeProvider time)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        using var deadline = new RequestDeadline(server.RequestTimeout, time, context.RequestAborted);
        try
        {
            var request = EmbeddingRequestReader.Read(await body.ReadJsonAsync(context.Request, deadline.Token));
            var service = state.Ready();
            var expert = EmbeddingModels.Find(service, request.Model);
            var automatic = request.Model == RoutedEmbedder.Automatic;
            var side = request.Side ?? (automatic || expert.QueriesOnly ? EmbeddedSide.Query : EmbeddedSide.Document);
            var embedded = await service.Embedder.EmbedAsync(
                request.Model, new EmbeddingCall(request.Input, side) { Class = request.Class }, deadline.Token);
            var reply = EmbeddingReply.Of(request, embedded);
            EmbeddingHeaders.Write(context.Response.Headers, embedded.Experts, reply.Space);
            return Results.Json(reply, WireJson.Wire.EmbeddingReply);
        }
        catch (ExpertException tooLong) when (tooLong.Failure == ExpertFailure.PromptTooLong)
        {
            throw new ApiException(ApiError.Invalid(tooLong.Message, "input", "context_length_exceeded"));
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw new ApiException(deadline.Error);
        }
    }
}
