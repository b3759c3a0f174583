using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Retrieval.Fusion;

/// <summary>How rankings become one.</summary>
public sealed record RankFusionOptions
{
    public static RankFusionOptions Default { get; } = new();

    /// <summary>How little the first places count above the next ones; 60 is the paper's.</summary>
    [Range(0, 100_000)]
    public int K { get; init; } = 60;
}
