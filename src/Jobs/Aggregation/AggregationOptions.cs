using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Jobs.Aggregation;

/// <summary>How the expert that merges best is found.</summary>
public sealed record AggregationOptions
{
    /// <summary>At most so many synthetic items.</summary>
    [Range(1, 100_000)]
    public int Items { get; init; } = 200;

    /// <summary>Which of the recorded answers, and which questions where there are more than <see cref="Items"/>.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Items a candidate has at once; its engine merges them in one batch.</summary>
    [Range(1, 4096)]
    public int Concurrency { get; init; } = 32;

    /// <summary>Tokens a merged answer may have.</summary>
    [Range(1, 1 << 20)]
    public int MaxTokens { get; init; } = 512;

    /// <summary>Tests every candidate again, also where nothing has changed.</summary>
    public bool Redo { get; init; }
}
