using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Running;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Routing;

namespace Orchestrator.Jobs.Planning;

/// <summary>Decides who is asked for an item. Waiting times count for nothing: a job's experts are loaded anyway.</summary>
/// <param name="experts">As they are now.</param>
sealed class ItemPlanner(OrchestratorConfig config, PolicyRouter router, IReadOnlyList<ExpertSnapshot> experts)
{
    public const string Direct = "direct";

    /// <summary>What merges the samples of one expert, which is self-consistency.</summary>
    public const string Vote = "vote";

    /// <summary>Below it sampling is greedy, as the engine has it.</summary>
    const float Greedy = 0.001f;

    /// <summary>Experts tried beside a panel of which nobody can be loaded; a broken disk is not tried a hundred times.</summary>
    const int MostReserves = 2;

    readonly HashSet<string> _available =
    [
        .. experts.Where(expert => expert is { Residency: not Residency.Quarantined, FitsBudget: true, Purpose: ExpertPurpose.Answer })
            .Select(expert => expert.Id),
    ];

    readonly Dictionary<string, SamplingOptions> _sampling =
        config.Experts.ToDictionary(expert => expert.Id, expert => expert.Sampling, StringComparer.Ordinal);

    /// <param name="skills">Of the caller or the tagger; empty where nobody named any.</param>
    /// <exception cref="RouterException">The policy is gone, or no expert is available.</exception>
    /// <exception cref="ExpertException">There is neither a policy nor an expert of that name.</exception>
    public PlanFacts Plan(JobItem item, IReadOnlyList<string> skills)
    {
        PlanFacts once = router.Policies.Contains(item.Model) ? Routed(item, skills) : Named(item.Model);
        bool greedy = once.Panel.All(expert => IsGreedy(expert, item.Request));
        return item.Samples == 1
            ? once with { Greedy = greedy }
            : once with
            {
                Greedy = greedy,
                Panel = Repeated(once.Panel, item.Samples),
                Weights = Repeated(once.Weights, item.Samples),
                Aggregator = once.Panel.Count == 1 ? Vote : once.Aggregator,
            };
    }

    PlanFacts Routed(JobItem item, IReadOnlyList<string> skills)
    {
        RoutePlan plan = router.Route(item.Model, item.Question, _available, waits: null, skills);
        Dictionary<string, double> scores = plan.Ranked.ToDictionary(ranked => ranked.Expert, ranked => ranked.Score, StringComparer.Ordinal);
        return new PlanFacts
        {
            Policy = plan.Policy,
            Panel = plan.Panel,
            Weights = Weights([.. plan.Panel.Select(expert => scores.GetValueOrDefault(expert))]),
            Aggregator = plan.Aggregator,
            AggregatorExpert = plan.AggregatorExpert,
            Reserves = [.. plan.Ranked.Select(ranked => ranked.Expert).Except(plan.Panel, StringComparer.Ordinal).Take(MostReserves)],
            Confidence = plan.Confidence,
            SupportDistance = plan.SupportDistance,
            Reasons = plan.Reasons,
        };
    }

    PlanFacts Named(string expert) => experts.Any(known => known.Id == expert)
        ? new PlanFacts
        {
            Policy = Direct,
            Panel = [expert],
            Weights = [1],
            Reasons = [$"The request names the expert '{expert}' itself."],
        }
        : throw new ExpertException(ExpertFailure.Unknown, expert, $"there is no policy and no expert '{expert}'");

    /// <summary>An aggregator wants weights above 0; where a strategy expects nothing of somebody, all count the same.</summary>
    static IReadOnlyList<double> Weights(double[] scores) =>
        scores.All(score => score > 0) ? scores : [.. scores.Select(_ => 1.0)];

    bool IsGreedy(string expert, GenerationRequest request) =>
        (request.Sampling?.Temperature ?? _sampling.GetValueOrDefault(expert)?.Temperature ?? 1) < Greedy;

    static IReadOnlyList<T> Repeated<T>(IReadOnlyList<T> panel, int times) =>
        [.. panel.SelectMany(member => Enumerable.Repeat(member, times))];
}
