using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Pipeline;

namespace Orchestrator.Host.Api;

/// <summary><c>POST /v1/route</c>: takes a chat completion request and returns its plan; no expert runs but the tagger, where the policy wants one.</summary>
sealed class RouteEndpoint(RequestPipeline pipeline, RequestBody body, RequestDeadlines deadlines)
{
    public Task<IResult> HandleAsync(HttpContext context) => deadlines.RunAsync(context, async deadline =>
    {
        var request = await body.ReadChatAsync(context.Request, deadline.Token);
        return Results.Json(await pipeline.PlanAsync(request, deadline.Token), WireJson.Wire.RoutePlan);
    });
}
