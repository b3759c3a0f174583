namespace Orchestrator.Aggregator.Voting;

/// <summary>How votes are counted.</summary>
public sealed record VoteOptions
{
    /// <summary>A vote counts by how likely its member is right (<see cref="VoteWeight"/>); otherwise every vote counts the same.</summary>
    public bool Weighted { get; init; } = true;
}
