namespace Orchestrator.Aggregator.Voting;

/// <summary>How votes are counted.</summary>
public sealed record VoteOptions
{
    /// <summary>A vote counts as much as its member is expected to score; otherwise every vote counts the same.</summary>
    public bool Weighted { get; init; } = true;
}
