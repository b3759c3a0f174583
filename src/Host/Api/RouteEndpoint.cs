using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Pipeline;

namespace Orchestrator.Host.Api;

/// <summary><c>POST /v1/route</c>: takes a chat completion request and returns its plan; no expert runs.</summary>
sealed class RouteEndpoint(RequestPipeline pipeline, RequestBody body)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var request = await body.ReadChatAsync(context.Request, context.RequestAborted);
        return Results.Json(pipeline.Plan(request), WireJson.Wire.RoutePlan);
    }
}
