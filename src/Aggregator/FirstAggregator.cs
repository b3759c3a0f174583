namespace Orchestrator.Aggregator;

/// <summary>The first member of the panel that answered speaks for all.</summary>
sealed class FirstAggregator : IAggregator
{
    public const string Named = "first";

    public string Name => Named;

    public Task<MergedAnswer> MergeAsync(PanelAnswers panel, CancellationToken cancellationToken)
    {
        WeighedAnswer first = panel.Spoken()[0];
        int passed = panel.Answers.TakeWhile(member => member != first).Count();
        return Task.FromResult(MergedAnswer.Of(
            first.Answer,
            passed == 0
                ? $"{first.Answer.Expert} is the panel's first."
                : $"{first.Answer.Expert} is the panel's first that answered; {passed} before it did not."));
    }
}
