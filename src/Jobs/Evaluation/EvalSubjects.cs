using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Aggregation;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Evaluation;

/// <summary>Who is evaluated.</summary>
public sealed record EvalSubjects
{
    /// <summary>Every policy as configured.</summary>
    public required IReadOnlyList<PolicyConfig> Policies { get; init; }

    /// <summary>Ids of the experts that answer and can be loaded, in the order they are run in.</summary>
    public required IReadOnlyList<string> Experts { get; init; }

    /// <summary>Ids of all experts that can be loaded, those that tag or merge included: any of them may judge.</summary>
    public required IReadOnlyList<string> All { get; init; }

    /// <summary>What the router knows; empty when nothing was profiled.</summary>
    public required OutcomeTable Profile { get; init; }

    /// <summary>How the expert that merges was chosen; null when no test was made.</summary>
    public AggregationChoice? Aggregation { get; init; }

    /// <summary>Parameters that each token passes through, by expert; who is missing is of unknown size.</summary>
    public IReadOnlyDictionary<string, long> Parameters { get; init; } = new Dictionary<string, long>();

    /// <summary>The expert that names the skills of questions; null where there is none.</summary>
    public string? Tagger { get; init; }

    /// <summary>Changes with the configuration, the profile and the model files.</summary>
    public required string Fingerprint { get; init; }

    /// <returns>The expert that the policy names to merge, or else the one that a test chose; null when there is none to be loaded.</returns>
    internal string? Merger(PolicyConfig policy) =>
        (policy.AggregatorExpert ?? Aggregation?.Chosen) is { } expert && All.Contains(expert, StringComparer.Ordinal) ? expert : null;
}
