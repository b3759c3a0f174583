using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Jobs.Profiling;

/// <summary>How experts are profiled.</summary>
public sealed record ProfileOptions
{
    /// <summary>Questions an expert has at once; its engine answers them in one batch.</summary>
    [Range(1, 4096)]
    public int Concurrency { get; init; } = 32;

    /// <summary>Tokens an answer may have.</summary>
    [Range(1, 1 << 20)]
    public int MaxTokens { get; init; } = 512;

    /// <summary>Asks the questions of this run again, also where the table has their outcomes.</summary>
    public bool Redo { get; init; }

    /// <summary>Drops outcomes and answers to other questions than those of this run; otherwise they stay as they are.</summary>
    public bool Replace { get; init; }

    /// <summary>File for the texts of the answers (JSON Lines); null keeps none.</summary>
    public string? Answers { get; init; }
}
