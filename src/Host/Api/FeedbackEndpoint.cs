using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Host.Feedback;
using Orchestrator.Host.Monitoring;
using Orchestrator.Host.OpenAi;
using Orchestrator.Router.Feedback;

namespace Orchestrator.Host.Api;

/// <summary><c>POST /v1/feedback</c>: what a client says of an answer. Replies once it is kept and routers have learned it.</summary>
sealed class FeedbackEndpoint(
    ServiceState state, RequestBody body, RoutedRequests routed, FeedbackLearner learner, FeedbackMetrics metrics,
    OrchestratorConfig config, TimeProvider time)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        try
        {
            var reply = await LearnAsync(context);
            metrics.Accepted(reply.Replaced);
            return Results.Json(reply, WireJson.Wire.FeedbackReply);
        }
        catch (ApiException refused)
        {
            metrics.Refused(refused.Error.Status);
            throw;
        }
    }

    async Task<FeedbackReply> LearnAsync(HttpContext context)
    {
        var service = state.Ready();
        var client = ClientKey.Of(context, config.Feedback.ClientHeader);
        var request = FeedbackRequest.Read(await body.ReadJsonAsync(context.Request, context.RequestAborted));
        var named = routed.Find(request.RequestId) ?? throw new ApiException(Unknown(request.RequestId));
        var scores = request.ScoresOf(named);
        var replaced = await learner.LearnAsync(new FeedbackRow(named.Id, client, named.Question, scores, time.GetUtcNow()));
        return new FeedbackReply(named.Id, scores, replaced, [.. service.Router.Learning]);
    }

    ApiError Unknown(string id) => new(
        StatusCodes.Status404NotFound,
        routed.Remembers
            ? $"No answered request '{ApiError.Shown(id)}' is remembered; the newest {config.Feedback.Remember} of the last " +
                $"{config.Feedback.RememberFor} are (feedback.remember, feedback.remember_for)."
            : "This service takes no feedback (feedback.remember is 0).",
        "invalid_request_error", "request_id", "request_not_found");
}
