namespace Orchestrator.Aggregator.Voting;

/// <summary>How votes are counted.</summary>
public sealed record VoteOptions
{
    /// <summary>A vote counts by how likely its member is right (<see cref="VoteWeight"/>); otherwise every vote counts the same.</summary>
    public bool Weighted { get; init; } = true;

    /// <summary>Compares all that was said but white space, where it is held to a form: the last number in it is not what it comes down to.</summary>
    public bool Whole { get; init; }
}
