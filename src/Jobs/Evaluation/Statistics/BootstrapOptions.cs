using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Jobs.Evaluation.Statistics;

/// <summary>How confidence intervals are made.</summary>
public sealed record BootstrapOptions
{
    [Range(100, 1_000_000)]
    public int Resamples { get; init; } = 2000;

    /// <summary>Share of the resampled values that lie within an interval.</summary>
    [Range(0.5, 0.9999)]
    public double Level { get; init; } = 0.95;

    /// <summary>The same seed gives the same intervals.</summary>
    public int Seed { get; init; } = 1;
}
