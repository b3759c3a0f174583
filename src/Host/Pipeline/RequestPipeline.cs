using Orchestrator.Experts;
using Orchestrator.Host.Composition;
using Orchestrator.Host.Monitoring;
using Orchestrator.Host.OpenAi;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Pipeline;

/// <summary>The life of a request between parsing and writing; docs/architecture.md numbers the same stages.</summary>
sealed class RequestPipeline(ServiceState state, RequestMetrics metrics, TimeProvider time, ILogger<RequestPipeline> logger)
{
    public RoutePlan Plan(ChatRequest request) => Planner.Plan(state.Ready(), request);

    /// <summary>Of an expert; null when it is unknown.</summary>
    public long? ParametersOf(string expert) =>
        state.Ready().Pool.Snapshot().FirstOrDefault(known => known.Id == expert)?.Facts?.Parameters;

    /// <param name="recruitment">Tells meanwhile what the request waits for.</param>
    public async Task<RoutedAnswer> AnswerAsync(
        ChatRequest request, string requestId, Recruitment recruitment, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var service = state.Ready();
        var plan = Planner.Plan(service, request);
        var answer = await RecruitAsync(service, plan, request, recruitment, cancellationToken);
        metrics.FirstToken(plan.Policy, time.GetElapsedTime(began));
        Log.Routed(logger, requestId, plan.Policy, answer.Expert, answer.Confidence, plan.Reasons[0]);
        return answer;
    }

    Task<RoutedAnswer> RecruitAsync(
        Service service, RoutePlan plan, ChatRequest request, Recruitment recruitment, CancellationToken cancellationToken)
    {
        var call = new ExpertCall { Request = request.Generation, Class = request.Class, AllowVariant = request.AllowVariant };
        var primary = new PrimaryAnswer(service, plan, call, recruitment, logger);
        return plan.Aggregator == RoutePlan.First
            ? primary.BeginAsync(cancellationToken)
            : new MergedPanelAnswer(service, plan, call, recruitment, primary, logger).BeginAsync(cancellationToken);
    }
}
