using Orchestrator.Aggregator.Voting;
using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp.Generation;

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
        if (options.SkipAgreed && Agreed(spoken))
            return _vote.Merge(panel, $"The {spoken.Count} members that answered agree, so nobody was asked to merge.");
        if (expert is null)
            return _vote.Merge(panel, "No expert is named to merge and none was chosen by a test, so the panel votes.");
        try
        {
            return await AskAsync(expert, panel, spoken, cancellationToken);
        }
        catch (ExpertException failure)
        {
            return _vote.Merge(panel, $"{expert} could not merge ({failure.Message}), so the panel votes.");
        }
    }

    /// <summary>A member that came to no final answer agrees with nobody.</summary>
    static bool Agreed(IReadOnlyList<WeighedAnswer> spoken) =>
        Tally.Count(spoken, new VoteOptions()).Groups is [var only] && only.Members.Count == spoken.Count;

    async Task<MergedAnswer> AskAsync(
        string merging, PanelAnswers panel, IReadOnlyList<WeighedAnswer> spoken, CancellationToken cancellationToken)
    {
        string by = $"{merging} merged the answers of {string.Join(", ", spoken.Select(member => member.Answer.Expert))}.";
        try
        {
            return Merged(await StartAsync(options.CandidateLength), by);
        }
        catch (ExpertException failure) when (failure.Failure == ExpertFailure.PromptTooLong)
        {
            return Merged(
                await StartAsync(options.ShortLength),
                by, $"Whole answers do not fit its context, so it saw their last {options.ShortLength} characters.");
        }

        Task<BegunAnswer> StartAsync(int length) =>
            BegunAnswer.StartAsync(parts.Find(merging), Call(panel, spoken, parts.Purpose(merging), length), cancellationToken);

        MergedAnswer Merged(BegunAnswer begun, params IReadOnlyList<string> reasons) =>
            new(merging, reasons, begun.ReadAsync()) { Resource = begun };
    }

    static ExpertCall Call(PanelAnswers panel, IReadOnlyList<WeighedAnswer> spoken, ExpertPurpose purpose, int length)
    {
        IReadOnlyList<ChatTurn> conversation = panel.Request.Messages;
        var shown = CandidateOrder.Shuffle(spoken, SynthesisPrompt.Question(conversation));
        string[] candidates = [.. shown.Select(member => CandidateText.Cut(member.Answer.Text, length))];
        return new ExpertCall
        {
            Request = panel.Request with { Messages = SynthesisPrompt.Messages(conversation, candidates, purpose) },
            Class = panel.Class,
            AllowVariant = panel.AllowVariant,
        };
    }
}
