using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Host.Monitoring;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Tools;
using Orchestrator.Retrieval.Answers;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Host.Pipeline;

/// <summary>The life of a request between parsing and writing; docs/architecture.md numbers the same stages.</summary>
sealed class RequestPipeline(
    ServiceState state, OpenedCollections collections, RequestMetrics metrics, TimeProvider time, ILogger<RequestPipeline> logger)
{
    /// <summary>Asks no expert but the tagger, where the policy wants one.</summary>
    public async Task<RoutePlan> PlanAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        var service = state.Ready();
        var tagged = await TagAsync(service, request, new Recruitment(), cancellationToken);
        var (plan, _) = await PlanAsync(service, request, tagged, cancellationToken);
        return request.Tools is null && service.Cascades.Of(plan.Policy) is { } cascade
            ? plan with { Reasons = [.. plan.Reasons, EvidenceWords.Of(cascade, service.PolicyOf(plan).Evidence)] }
            : plan;
    }

    /// <summary>Of an expert; null when it is unknown.</summary>
    public long? ParametersOf(string expert) =>
        state.Ready().Pool.Snapshot().FirstOrDefault(known => known.Id == expert)?.Facts?.Parameters;

    /// <param name="recruitment">Tells meanwhile what the request waits for.</param>
    public async Task<RoutedAnswer> AnswerAsync(
        ChatRequest request, string requestId, Recruitment recruitment, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var service = state.Ready();
        var tagged = await TagAsync(service, request, recruitment, cancellationToken);
        var (plan, context) = await PlanAsync(service, request, tagged, cancellationToken);
        var planned = time.GetElapsedTime(began);
        var support = plan.Coverage;
        if (support is not null) metrics.Routed(support);
        var calling = CallingOf(service, plan, request);
        var asked = Asked(request, context);
        var answer = await RecruitAsync(service, plan, calling?.Write(asked) ?? asked, recruitment, cancellationToken);
        answer.PlannedWith(tagged, context, planned);
        answer.Calling = calling;
        metrics.FirstToken(plan.Policy, time.GetElapsedTime(began));
        Log.Routed(logger, requestId, plan.Policy, answer.Expert, SupportWords.Of(answer.Confidence, support), plan.Reasons[0]);
        return answer;
    }

    /// <summary>May wait for the experts that embed, where the policy has a collection; without one the context is null.</summary>
    async Task<(RoutePlan Plan, AnswerContext? Context)> PlanAsync(
        Service service, ChatRequest request, TaggedQuestion? tagged, CancellationToken cancellationToken)
    {
        var plan = await Planner.PlanAsync(service, request, tagged, cancellationToken);
        if (plan.Policy == RoutePlan.Direct || service.Contexts(collections) is not { } contexts) return (plan, null);
        var policy = service.PolicyOf(plan);
        var context = await contexts.FindAsync(policy, plan, request.Question, cancellationToken);
        // A reader was made for passages, not for tools.
        return (context?.Apply(plan, request.Tools is null ? policy.Context?.Reader : null) ?? plan, context);
    }

    /// <summary>Null where no tools are used.</summary>
    static Calling? CallingOf(Service service, RoutePlan plan, ChatRequest request)
    {
        if (request.Tools is not { } use) return null;
        // A new configuration may have changed it since it was planned.
        var expert = service.Pool.Snapshot().FirstOrDefault(known => known.Id == plan.Primary);
        return ToolFormats.Of(expert?.Tools ?? ToolFormat.None) is { } format
            ? new Calling(format, use)
            : throw new ApiException(ApiError.Unsupported(use.Param, $"the expert '{plan.Primary}' calls no tools any more"));
    }

    /// <summary>What experts are asked.</summary>
    static ChatRequest Asked(ChatRequest request, AnswerContext? context) => context is { Passages.Count: > 0 }
        ? request with { Generation = request.Generation with { Messages = ContextPrompt.Of(request.Generation.Messages, context.Passages) } }
        : request;

    /// <summary>What the caller says that the question needs goes before what a tagger would say.</summary>
    static async Task<TaggedQuestion?> TagAsync(
        Service service, ChatRequest request, Recruitment recruitment, CancellationToken cancellationToken)
    {
        if (service.Tagger is not { } tagger || request.Skills.Count > 0 || !service.Router.WantsTags(request.Model)) return null;
        recruitment.Tag(service, tagger.Expert);
        return await tagger.TagAsync(request.Question, request.Class, cancellationToken);
    }

    Task<RoutedAnswer> RecruitAsync(
        Service service, RoutePlan plan, ChatRequest request, Recruitment recruitment, CancellationToken cancellationToken)
    {
        var call = new ExpertCall { Request = request.Generation, Class = request.Class, AllowVariant = request.AllowVariant };
        if (request.Tools is null && service.Cascades.Of(plan.Policy) is { } cascade && plan.Aggregator == RoutePlan.First)
        {
            var policy = service.PolicyOf(plan);
            return new CascadeAnswer(service, plan, cascade, policy.Evidence, policy.EvidenceWithin, call, recruitment, time)
                .BeginAsync(cancellationToken);
        }

        var primary = new PrimaryAnswer(service, plan, call, recruitment, logger);
        return plan.Aggregator == RoutePlan.First
            ? primary.BeginAsync(cancellationToken)
            : new MergedPanelAnswer(service, plan, call, recruitment, primary, logger).BeginAsync(cancellationToken);
    }
}
