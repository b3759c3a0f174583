using Orchestrator.Host.Evaluations;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Api;

/// <summary><c>POST /v1/evaluations</c>: how good a policy or an expert is on labelled questions. All of it is within one request's time.</summary>
sealed class EvaluationsEndpoint(Evaluator evaluator, RequestBody body, RequestDeadlines deadlines)
{
    public Task<IResult> HandleAsync(HttpContext context) => deadlines.RunAsync(context, async deadline =>
    {
        var request = EvaluationRequest.Read(await body.ReadJsonAsync(context.Request, deadline.Token));
        return Results.Json(await evaluator.RunAsync(request, context.TraceIdentifier, deadline.Token), WireJson.Wire.EvaluationReply);
    });
}
