namespace Orchestrator.Aggregator.Voting;

/// <summary>The members that gave the same final answer.</summary>
/// <param name="Final">As <see cref="Answers.FinalAnswer"/> gives it.</param>
/// <param name="Members">In the panel's order; at least one.</param>
/// <param name="Weight">The sum of theirs.</param>
sealed record VoteGroup(string Final, IReadOnlyList<WeighedAnswer> Members, double Weight)
{
    /// <summary>Its heaviest member, the first of equals.</summary>
    public WeighedAnswer Speaker => Members.MaxBy(member => member.Weight)!;
}
