using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Jobs.RouterEvaluation.Judging;

/// <summary>How a contender or a reference did on the test questions.</summary>
/// <param name="Gap">Share of the way from the best single expert to the oracle; null when there is none.</param>
/// <param name="Cost">Mean of a question, in the unit of the file; null where one is not known.</param>
public sealed record Verdict(string Name, Estimate Score, Estimate? Gap, Estimate OverTold, Estimate OverBestSingle, double? Cost)
{
    /// <summary>Mean score on held-out training questions; null for references.</summary>
    public double? HeldOut { get; init; }

    /// <summary>Of the candidate that was chosen, for each split that chose another.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    public Reliability? Reliability { get; init; }

    public IReadOnlyList<CurvePoint> Curve { get; init; } = [];

    public double? Area { get; init; }

    /// <summary>One for each split; empty without costs.</summary>
    public IReadOnlyList<Saving> Savings { get; init; } = [];

    public EffortSummary? Effort { get; init; }
}

/// <summary>What routing takes.</summary>
/// <param name="Fit">Mean over the splits.</param>
/// <param name="Bytes">The most of the splits.</param>
public sealed record EffortSummary(TimeSpan Fit, long Bytes, TimeSpan P50, TimeSpan P99);
