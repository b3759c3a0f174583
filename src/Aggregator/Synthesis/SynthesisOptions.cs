using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Aggregator.Synthesis;

/// <summary>How a panel's answers are put to the expert that merges them.</summary>
public sealed record SynthesisOptions
{
    /// <summary>Where all members agree on the final answer, it is the answer, and nobody is asked to merge.</summary>
    public bool SkipAgreed { get; init; } = true;

    /// <summary>Characters of each candidate that are shown at first: its last ones, where the answer stands.</summary>
    [Range(100, 1 << 20)]
    public int CandidateLength { get; init; } = 8000;

    /// <summary>The same for the second try, when the prompt did not fit the expert's context.</summary>
    [Range(10, 1 << 20)]
    public int ShortLength { get; init; } = 400;
}
