using System.Globalization;
using Orchestrator.Aggregator.Answers;

namespace Orchestrator.Aggregator.Voting;

/// <summary>
/// The votes of a panel: members with the same final answer vote together. The heaviest answer comes first; equal ones go by
/// their heaviest single vote, then by who comes first in the panel.
/// </summary>
/// <param name="Groups">One for each final answer that was given; empty where nobody gave one.</param>
sealed record Tally(IReadOnlyList<VoteGroup> Groups)
{
    /// <summary>Below this, weights differ by the rounding of their sums only.</summary>
    const int Digits = 9;

    /// <param name="spoken">In the panel's order. One whose answer comes down to nothing does not vote.</param>
    public static Tally Count(IReadOnlyList<WeighedAnswer> spoken, VoteOptions options) => new(
    [
        .. spoken
            .Select(member => member with { Weight = options.Weighted ? VoteWeight.Of(member.Weight) : 1 })
            .Select(vote => (vote, final: options.Whole ? FinalAnswer.Unspaced(vote.Answer.Text) : FinalAnswer.Of(vote.Answer.Text)))
            .Where(pair => pair.final is not null)
            .GroupBy(pair => pair.final!, pair => pair.vote, StringComparer.Ordinal)
            // Groups come in the order of their first members, and the sort is stable.
            .Select(group => new VoteGroup(group.Key, [.. group], Math.Round(group.Sum(vote => vote.Weight), Digits)))
            .OrderByDescending(group => group.Weight)
            .ThenByDescending(group => group.Speaker.Weight),
    ]);

    public override string ToString() => string.Join(", ", Groups.Select(Describe));

    static string Describe(VoteGroup group)
    {
        string names = string.Join(", ", group.Members.Select(member => member.Answer.Expert));
        return string.Create(CultureInfo.InvariantCulture, $"{group.Weight:0.##} for '{Short(group.Final)}' ({names})");
    }

    static string Short(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 39), "…");
}
