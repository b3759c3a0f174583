namespace Orchestrator.Aggregator.Voting;

/// <summary>The final answer that most of the panel's weight stands behind, in the words of the heaviest that gave it.</summary>
sealed class VoteAggregator(string name, VoteOptions options) : IAggregator
{
    public const string Weighted = "vote";

    public const string Equal = "majority";

    public string Name => name;

    public Task<MergedAnswer> MergeAsync(PanelAnswers panel, CancellationToken cancellationToken) =>
        Task.FromResult(Merge(panel));

    /// <param name="why">Goes before the vote's own reasons.</param>
    /// <exception cref="Experts.ExpertException">Nobody of the panel answered.</exception>
    public MergedAnswer Merge(PanelAnswers panel, params IReadOnlyList<string> why)
    {
        IReadOnlyList<WeighedAnswer> spoken = panel.Spoken();
        Tally tally = Tally.Count(spoken, options with { Whole = panel.Request.Grammar is not null });
        int silent = panel.Answers.Count - tally.Groups.Sum(group => group.Members.Count);
        string[] without = silent == 0 ? [] : [$"{silent} of {panel.Answers.Count} members gave no answer to vote with."];
        return tally.Groups is [var winner, ..]
            ? MergedAnswer.Of(winner.Speaker.Answer, [.. why, $"The {Name} is {tally}.", .. without])
            : MergedAnswer.Of(
                spoken[0].Answer, [.. why, $"Nobody gave an answer to vote with; {spoken[0].Answer.Expert} spoke first."]);
    }
}
