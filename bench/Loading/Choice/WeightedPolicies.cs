using Orchestrator.Bench.Pool;
using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Bench.Loading.Choice;

/// <summary>One policy of a configuration at several quality weights, everything else the same.</summary>
static class WeightedPolicies
{
    /// <summary>The baseline, which ignores waiting, comes first.</summary>
    public static IReadOnlyList<double> Weights { get; } = [1, 0.9, 0.75, 0.5, 0.25, 0];

    public static string NameAt(double weight) => $"weight {weight}";

    /// <exception cref="ConfigException">There is no such policy, or no outcomes to fit it on.</exception>
    public static PolicyRouter Router(OrchestratorConfig served, string policy)
    {
        PolicyConfig found = served.Policies.FirstOrDefault(other => other.Name == policy)
            ?? throw new ConfigException([$"there is no policy '{policy}' in {served.Path}"]);
        string outcomes = served.Router.Outcomes ?? throw new ConfigException(["router.outcomes is not set"]);
        return BenchRouter.Of(
            served,
            [.. Weights.Select(weight => found with { Name = NameAt(weight), QualityWeight = weight, Panel = 1 })],
            OutcomeFile.Read(outcomes),
            served.Experts.Select(expert => expert.Id).ToHashSet(StringComparer.Ordinal));
    }
}
