using Orchestrator.Bench.Loading.Answering;

namespace Orchestrator.Bench.Loading.Job;

/// <summary>How one way did the job, or a part of it.</summary>
sealed record JobRun(
    string Way, int Items, double Seconds, double ProcessorSeconds, int Loads, int PromptTokens, int Tokens,
    IReadOnlyList<string> Failures)
{
    public double ItemsPerSecond => (Items - Failures.Count) / Seconds;

    /// <param name="concurrency">Items that are under way at once; null is all.</param>
    public static async Task<JobRun> WithAsync(
        ScenarioContext context, IAnswerer answerer, string way, IReadOnlyList<JobItem> items, int? concurrency,
        CancellationToken cancellationToken)
    {
        using var slots = new SemaphoreSlim(concurrency ?? items.Count);
        Outcome[] outcomes = [];
        double before = answerer.ProcessorSeconds;
        int loads = answerer.Loads;
        double milliseconds = await context.TimeAsync(
            async () => outcomes = await Task.WhenAll([.. items.Select(item => AskAsync(item))]));
        return Of(way, outcomes, milliseconds, answerer.ProcessorSeconds - before, answerer.Loads - loads);

        async Task<Outcome> AskAsync(JobItem item)
        {
            await slots.WaitAsync(cancellationToken);
            try
            {
                return await context.AskAsync(answerer, item.Expert, item.Prompt, cancellationToken);
            }
            finally
            {
                slots.Release();
            }
        }
    }

    public static JobRun Of(
        string way, IReadOnlyList<Outcome> outcomes, double milliseconds, double processorSeconds, int loads) => new(
        way, outcomes.Count, milliseconds / 1000, processorSeconds, loads,
        outcomes.Sum(outcome => outcome.Answer.PromptTokens), outcomes.Sum(outcome => outcome.Answer.Tokens),
        [.. outcomes.Select(outcome => outcome.Failure).OfType<string>()]);
}
