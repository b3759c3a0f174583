using Orchestrator.Aggregator.Voting;
using Orchestrator.Experts;

namespace Orchestrator.Aggregator.Synthesis;

/// <summary>
/// An expert reads what the panel said and writes the answer: Symbolic-MoE's aggregator. Where there is none, or it fails
/// before its first word, the panel votes.
/// </summary>
/// <param name="expert">Who merges; null is nobody.</param>
sealed class SynthesisAggregator(
    string name, AggregatorParts parts, string? expert, SynthesisOptions options) : IAggregator
{
    public const string Usual = "synthesis";

    /// <summary>Asks the expert also where the panel agrees.</summary>
    public const string Always = "synthesis-always";

    readonly VoteAggregator _vote = new(VoteAggregator.Weighted, new VoteOptions());

    public string Name => name;

    public async Task<MergedAnswer> MergeAsync(PanelAnswers panel, CancellationToken cancellationToken)
    {
        var spoken = panel.Spoken();
        if (options.SkipAgreed && Agreed(spoken, whole: panel.Request.Grammar is not null))
            return _vote.Merge(panel, $"The {spoken.Count} members that answered agree, so nobody was asked to merge.");
        if (expert is null)
            return _vote.Merge(panel, "No expert is named to merge and none was chosen by a test, so the panel votes.");
        try
        {
            return await new Synthesiser(parts.Find(expert), parts.Purpose(expert), options).MergeAsync(panel, cancellationToken);
        }
        catch (ExpertException failure)
        {
            return _vote.Merge(panel, $"{expert} could not merge ({failure.Message}), so the panel votes.");
        }
    }

    /// <summary>A member that came to no final answer agrees with nobody.</summary>
    static bool Agreed(IReadOnlyList<WeighedAnswer> spoken, bool whole) =>
        Tally.Count(spoken, new VoteOptions { Whole = whole }).Groups is [var only] && only.Members.Count == spoken.Count;
}
