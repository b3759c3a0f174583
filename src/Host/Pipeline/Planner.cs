using Orchestrator.Aggregator;
using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Tools;
using Orchestrator.Jobs.Planning;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Host.Pipeline;

/// <summary>Resolves <c>model</c>: a policy is routed, an expert's id is its own plan.</summary>
static class Planner
{
    /// <param name="tagged">What the tagger says that the question needs; null where none was asked.</param>
    /// <remarks>Waits only where the embedder of questions has to be waited for.</remarks>
    public static async Task<RoutePlan> PlanAsync(
        Service service, ChatRequest request, TaggedQuestion? tagged, CancellationToken cancellationToken)
    {
        var plan = await RoutedAsync(service, request, tagged, cancellationToken);
        return plan with { AllowVariants = request.AllowVariant && TakesVariants(plan) };
    }

    /// <summary>Before many questions are asked.</summary>
    /// <exception cref="ApiException">No policy is called so, and no expert that answers.</exception>
    public static void Check(Service service, string model)
    {
        if (!service.Router.Policies.Contains(model)) Named(service, model);
    }

    /// <summary>No twin in fewer bits thinks as its expert does.</summary>
    public static bool TakesVariants(RoutePlan plan) => AggregatorRegistry.Hears(plan.Aggregator);

    /// <summary>Who may answer, in order: a named expert alone, or the whole ranking from the primary on.</summary>
    public static IEnumerable<string> Candidates(RoutePlan plan) =>
        plan.Panel.Concat(plan.Ranked.Select(ranked => ranked.Expert)).Distinct();

    public static IEnumerable<string> Answering(IEnumerable<ExpertSnapshot> experts) =>
        experts.Where(expert => expert.Purpose == ExpertPurpose.Answer).Select(expert => expert.Id);

    static async Task<RoutePlan> RoutedAsync(
        Service service, ChatRequest request, TaggedQuestion? tagged, CancellationToken cancellationToken)
    {
        var model = request.Model;
        if (service.Router.Policies.Contains(model))
        {
            var question = new RouteQuestion(request.Question) { Skills = request.Skills, Tagged = tagged, Wishes = request.Wishes };
            var embedded = await service.Router.EmbedAsync([question], cancellationToken);
            // Who is there, and how long each is waited for, counts from now.
            return Route(service, model, embedded[0], request.Tools);
        }

        return Named(service, model, request.Tools);
    }

    static RoutePlan Route(Service service, string policy, RouteQuestion question, ToolUse? tools)
    {
        var experts = service.Pool.Snapshot();
        if (tools is not null) experts = ToolRecruiting.Callers(experts, tools);
        var available = experts.Where(expert => expert.IsRecruitable).Select(expert => expert.Id).ToHashSet(StringComparer.Ordinal);
        if (available.Count == 0) throw RouterException.NoExpert(policy, OutOfService.Of(experts));
        var waits = experts.ToDictionary(expert => expert.Id, expert => expert.ExpectedWait, StringComparer.Ordinal);
        var plan = service.Router.RouteAll(policy, [question], available, waits)[0];
        if (tools is not null) return ToolRecruiting.Narrow(plan, service.PolicyOf(plan), experts);
        var usable = experts.Where(expert => expert.IsUsable).Select(expert => expert.Id);
        return MixturePanel.Recruit(plan, service.PolicyOf(plan), service.Merging.Mixture, question.Text, usable);
    }

    static RoutePlan Named(Service service, string model, ToolUse? tools = null)
    {
        var experts = service.Pool.Snapshot();
        return experts.FirstOrDefault(expert => expert.Id == model) is { } named
            ? Named(named, tools)
            : throw new ApiException(ApiError.ModelNotFound(model, [.. service.Router.Policies, .. experts.Select(expert => expert.Id)]));
    }

    static RoutePlan Named(ExpertSnapshot expert, ToolUse? tools)
    {
        if (expert.Purpose == ExpertPurpose.Embed)
            throw new ApiException(ApiError.Invalid(
                $"The expert '{expert.Id}' embeds texts and answers nothing; ask it through /v1/embeddings.", "model", "model_not_supported"));
        if (tools is not null) ToolRecruiting.Check(expert, tools);
        return Named(expert.Id);
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
