using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Host.Pipeline;

/// <summary>Resolves <c>model</c>: a policy is routed, an expert's id is its own plan.</summary>
static class Planner
{
    /// <summary>The policy shown when the caller names the expert and nothing is routed.</summary>
    public const string Direct = "direct";

    /// <param name="tagged">What the tagger says that the question needs; null where none was asked.</param>
    public static RoutePlan Plan(Service service, ChatRequest request, TaggedQuestion? tagged) =>
        Routed(service, request, tagged) with { AllowVariants = request.AllowVariant };

    /// <summary>Who may answer, in order: a named expert alone, or the whole ranking from the primary on.</summary>
    public static IEnumerable<string> Candidates(RoutePlan plan) =>
        plan.Panel.Concat(plan.Ranked.Select(ranked => ranked.Expert)).Distinct();

    /// <summary>
    /// Only failures that belong to the expert, not to the request or to the load on the service. Unknown is one that a
    /// new configuration removed since the plan was made.
    /// </summary>
    public static bool AnotherMayHelp(ExpertFailure failure) =>
        failure is ExpertFailure.Unknown or ExpertFailure.LoadFailed or ExpertFailure.Quarantined or ExpertFailure.TooLargeForBudget;

    /// <summary>Whether it can answer at all, now or after a load.</summary>
    public static bool IsUsable(ExpertSnapshot expert) => expert is { Residency: not Residency.Quarantined, FitsBudget: true };

    /// <summary>Those that a policy may recruit.</summary>
    public static HashSet<string> Available(IReadOnlyList<ExpertSnapshot> experts) =>
        [.. Answering(experts.Where(IsUsable))];

    public static IEnumerable<string> Answering(IEnumerable<ExpertSnapshot> experts) =>
        experts.Where(expert => expert.Purpose == ExpertPurpose.Answer).Select(expert => expert.Id);

    static RoutePlan Routed(Service service, ChatRequest request, TaggedQuestion? tagged)
    {
        var model = request.Model;
        var experts = service.Pool.Snapshot();
        if (service.Router.Policies.Contains(model))
            return service.Router.Route(
                model,
                request.Question,
                Available(experts),
                experts.ToDictionary(expert => expert.Id, expert => expert.ExpectedWait, StringComparer.Ordinal),
                request.Skills,
                tagged);
        return experts.Any(expert => expert.Id == model)
            ? Named(model)
            : throw new ApiException(ApiError.ModelNotFound(model, [.. service.Router.Policies, .. experts.Select(expert => expert.Id)]));
    }

    static RoutePlan Named(string expert) => new()
    {
        Policy = Direct,
        Strategy = Direct,
        Ranked = [new RankedExpert(expert, Score: 1, Support: 0)],
        Panel = [expert],
        Confidence = 1,
        SupportDistance = 0,
        Reasons = [$"The request names the expert '{expert}' itself."],
    };
}
