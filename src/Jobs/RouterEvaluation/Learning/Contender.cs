using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Routing.Automatic;

namespace Orchestrator.Jobs.RouterEvaluation.Learning;

/// <summary>A row of the tables: one policy, or several of one strategy of which the best on held-out training questions counts.</summary>
/// <param name="Candidates">At least one; the first of equals is chosen.</param>
public sealed record Contender(string Name, IReadOnlyList<PolicyConfig> Candidates)
{
    /// <summary>A strategy as it is without options.</summary>
    public static Contender Of(string strategy) =>
        new(strategy, [new PolicyConfig(strategy, strategy, new Dictionary<string, string>(StringComparer.Ordinal), Line: 0)]);

    /// <summary>A policy as it is configured.</summary>
    public static Contender Of(PolicyConfig policy) => new(policy.Name, [policy]);

    /// <summary>Every strategy there is, but the one that follows a choice among them.</summary>
    public static IReadOnlyList<Contender> All => [.. PolicyRouter.Strategies.Where(strategy => strategy != AutoPolicies.Strategy).Select(Of)];
}
