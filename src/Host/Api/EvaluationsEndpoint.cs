using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Evaluations;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Api;

/// <summary><c>POST /v1/evaluations</c>: how good a policy or an expert is on labelled questions. All of it is within one request's time.</summary>
sealed class EvaluationsEndpoint(Evaluator evaluator, RequestBody body, ServerConfig server, TimeProvider time)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        using var deadline = new RequestDeadline(server.RequestTimeout, time, context.RequestAborted);
        try
        {
            var request = EvaluationRequest.Read(await body.ReadJsonAsync(context.Request, deadline.Token));
            return Results.Json(await evaluator.RunAsync(request, context.TraceIdentifier, deadline.Token), WireJson.Wire.EvaluationReply);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw new ApiException(deadline.Error);
        }
    }
}
