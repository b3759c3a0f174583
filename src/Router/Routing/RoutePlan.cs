using Orchestrator.Router.Coverage;

namespace Orchestrator.Router.Routing;

/// <summary>One expert in the ranking, and what it is expected to score on this query.</summary>
/// <param name="Score">Expected score in 0…1 for strategies that estimate it; otherwise only the order matters.</param>
/// <param name="Support">Profiled questions that this score rests on.</param>
public sealed record RankedExpert(string Expert, double Score, int Support);

/// <summary>The router's answer for one query: who, in what order, how sure, and why.</summary>
public sealed record RoutePlan
{
    /// <summary>The aggregator that merges nothing: the primary's answer is the message.</summary>
    public const string First = "first";

    /// <summary>The policy shown when the caller names the expert and nothing is routed.</summary>
    public const string Direct = "direct";

    /// <summary>Someone from whom nothing is expected still counts a little.</summary>
    const double LeastWeight = 1e-3;

    public required string Policy { get; init; }

    public required string Strategy { get; init; }

    /// <summary>All available experts, best first; ties are broken by expert id.</summary>
    public required IReadOnlyList<RankedExpert> Ranked { get; init; }

    /// <summary>
    /// The recruited experts; the first is the primary. Policies that draw with replacement may name one several times: it
    /// is then asked as often.
    /// </summary>
    public required IReadOnlyList<string> Panel { get; init; }

    public string Primary => Panel[0];

    /// <summary>What merges the panel's answers; <see cref="First"/> for a panel of one.</summary>
    public string Aggregator { get; init; } = First;

    /// <summary>The expert that merges, where the policy names one.</summary>
    public string? AggregatorExpert { get; init; }

    /// <summary>
    /// Whether a member's low-precision variant may answer for it under memory pressure: the request says so, and the aggregator is
    /// none that needs the very expert.
    /// </summary>
    public bool AllowVariants { get; init; } = true;

    /// <summary>0…1: how far the primary's expected score can be trusted; null where nothing supports any number.</summary>
    public required double? Confidence { get; init; }

    /// <summary>0 (the same words were profiled) … 1 (nothing like it was): distance to the nearest profiled question.</summary>
    public required double SupportDistance { get; init; }

    /// <summary>Whether what was profiled supports the choice; null when too little was, or nothing was routed.</summary>
    public RouteCoverage? Coverage { get; init; }

    /// <summary>Why, in sentences a person reads; the first is the decisive one.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <returns>How much the expert's answer counts, above 0: the score that is expected of it.</returns>
    public double WeightOf(string expert) =>
        Math.Max(Ranked.FirstOrDefault(ranked => ranked.Expert == expert)?.Score ?? 0, LeastWeight);
}
