using System.Text.Json;
using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Api;

/// <summary><c>POST /models/load</c> and <c>/models/unload</c>, in the shape of llama.cpp's router.</summary>
sealed class LoadEndpoints(ServiceState state, RequestBody body, RequestDeadlines deadlines)
{
    /// <summary>Replies once the expert is resident.</summary>
    public Task<IResult> LoadAsync(HttpContext context) => deadlines.RunAsync(context, async deadline =>
    {
        var service = state.Ready();
        await service.Pool.LoadAsync(await ReadExpertAsync(service, context.Request, deadline.Token), deadline.Token);
        return Done;
    });

    /// <summary>Replies at once; what runs on the expert finishes first.</summary>
    public async Task<IResult> UnloadAsync(HttpContext context)
    {
        var service = state.Ready();
        service.Pool.Unload(await ReadExpertAsync(service, context.Request, context.RequestAborted));
        return Done;
    }

    static IResult Done => Results.Json(new LoadReply(Success: true), WireJson.Wire.LoadReply);

    async Task<string> ReadExpertAsync(Service service, HttpRequest request, CancellationToken cancellationToken)
    {
        var json = await body.ReadJsonAsync(request, cancellationToken);
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("model", out var model)
            || model.ValueKind != JsonValueKind.String || model.GetString() is not { Length: > 0 } id)
            throw new ApiException(ApiError.Invalid("The body must be {\"model\": \"…\"} with the id of an expert.", "model"));
        if (service.Router.Policies.Contains(id))
            throw new ApiException(ApiError.Invalid(
                $"'{ApiError.Shown(id)}' is a policy, not an expert: name the expert to load or unload.", "model"));
        var experts = service.Pool.Snapshot().Select(expert => expert.Id).ToList();
        return experts.Contains(id) ? id : throw new ApiException(ApiError.ModelNotFound(id, experts));
    }
}
