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
    /// <param name="tagged">What the tagger says that the question needs; null where none was asked.</param>
    public static RoutePlan Plan(Service service, ChatRequest request, TaggedQuestion? tagged) =>
        Routed(service, request, tagged) with { AllowVariants = request.AllowVariant };

    /// <summary>Who may answer, in order: a named expert alone, or the whole ranking from the primary on.</summary>
    public static IEnumerable<string> Candidates(RoutePlan plan) =>
        plan.Panel.Concat(plan.Ranked.Select(ranked => ranked.Expert)).Distinct();

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
                experts.Where(expert => expert.IsRecruitable).Select(expert => expert.Id).ToHashSet(StringComparer.Ordinal),
                experts.ToDictionary(expert => expert.Id, expert => expert.ExpectedWait, StringComparer.Ordinal),
                request.Skills,
                tagged);
        return experts.Any(expert => expert.Id == model)
            ? Named(model)
            : throw new ApiException(ApiError.ModelNotFound(model, [.. service.Router.Policies, .. experts.Select(expert => expert.Id)]));
    }

    static RoutePlan Named(string expert) => new()
    {
        Policy = RoutePlan.Direct,
        Strategy = RoutePlan.Direct,
        Ranked = [new RankedExpert(expert, Score: 1, Support: 0)],
        Panel = [expert],
        Confidence = 1,
        SupportDistance = 0,
        Reasons = [$"The request names the expert '{expert}' itself."],
    };
}
