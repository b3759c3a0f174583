using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Aggregator.Synthesis;

/// <summary>One expert that reads what a panel said and writes the answer; where it cannot, it says so.</summary>
public sealed class Synthesiser(IExpert expert, ExpertPurpose purpose, SynthesisOptions options)
{
    /// <summary>Returns with the first words. A prompt that is too long is tried once more with less of each answer.</summary>
    /// <exception cref="ExpertException">The expert cannot merge, has nothing to say, or nobody of the panel answered.</exception>
    public async Task<MergedAnswer> MergeAsync(PanelAnswers panel, CancellationToken cancellationToken)
    {
        IEnumerable<string> names = panel.Spoken().Select(member => member.Answer.Expert);
        string by = $"{expert.Id} merged the answers of {string.Join(", ", names)}.";
        try
        {
            return await StartAsync(panel, options.CandidateLength, [by], cancellationToken);
        }
        catch (ExpertException failure) when (failure.Failure == ExpertFailure.PromptTooLong)
        {
            string cut = $"Whole answers do not fit its context, so it saw their last {options.ShortLength} characters.";
            return await StartAsync(panel, options.ShortLength, [by, cut], cancellationToken);
        }
    }

    /// <returns>What an expert of that purpose is asked.</returns>
    /// <param name="length">Characters of each answer that are shown, its last ones.</param>
    /// <exception cref="ExpertException">Nobody of the panel answered.</exception>
    public static GenerationRequest Ask(PanelAnswers panel, ExpertPurpose purpose, int length)
    {
        IReadOnlyList<ChatTurn> conversation = panel.Request.Messages;
        var shown = CandidateOrder.Shuffle(panel.Spoken(), SynthesisPrompt.Question(conversation));
        string[] candidates = [.. shown.Select(member => CandidateText.Cut(member.Answer.Text, length))];
        return panel.Request with { Messages = SynthesisPrompt.Messages(conversation, candidates, purpose) };
    }

    async Task<MergedAnswer> StartAsync(
        PanelAnswers panel, int length, IReadOnlyList<string> reasons, CancellationToken cancellationToken)
    {
        var call = new ExpertCall
        {
            Request = Ask(panel, purpose, length),
            Class = panel.Class,
            AllowVariant = panel.AllowVariant,
        };
        BegunAnswer begun = await BegunAnswer.StartAsync(expert.Id, expert.GenerateAsync(call, cancellationToken), cancellationToken);
        return new MergedAnswer(expert.Id, reasons, begun.ReadAsync())
        {
            Resource = begun,
            Variant = call.Trace.Variant,
            Waited = call.Trace.Waited,
        };
    }
}
