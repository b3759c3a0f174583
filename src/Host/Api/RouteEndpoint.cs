using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Pipeline;

namespace Orchestrator.Host.Api;

/// <summary><c>POST /v1/route</c>: takes a chat completion request and returns its plan; no expert runs but the tagger, where the policy wants one.</summary>
sealed class RouteEndpoint(RequestPipeline pipeline, RequestBody body)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var request = await body.ReadChatAsync(context.Request, context.RequestAborted);
        return Results.Json(await pipeline.PlanAsync(request, context.RequestAborted), WireJson.Wire.RoutePlan);
    }
}
