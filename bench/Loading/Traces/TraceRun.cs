using Orchestrator.Bench.Loading.Answering;

namespace Orchestrator.Bench.Loading.Traces;

/// <summary>How one side served a trace.</summary>
/// <param name="Seconds">From the beginning to the last answer.</param>
/// <param name="PeakBytes">Most physical memory of its processes.</param>
sealed record TraceRun(
    string Trace, string Side, IReadOnlyList<Outcome> Outcomes, double Seconds, int Loads, long PeakBytes)
{
    public IEnumerable<Answer> Answers => Outcomes.Where(outcome => outcome.Failure is null).Select(outcome => outcome.Answer);

    public int Aborted => Outcomes.Count(outcome => outcome.Failure is not null);

    public double RequestsPerSecond => Answers.Count() / Seconds;

    public double TokensPerSecond => Answers.Sum(answer => answer.Tokens) / Seconds;

    public double FirstToken(double share) =>
        Samples.Quantile(Answers.Select(answer => answer.FirstToken.TotalMilliseconds), share);

    /// <summary>Sends each request when the trace says, whether or not earlier ones are answered.</summary>
    public static async Task<TraceRun> WithAsync(
        ScenarioContext context, IAnswerer answerer, string trace, IReadOnlyList<Arrival> arrivals,
        CancellationToken cancellationToken)
    {
        var peak = new PeakMemory(() => answerer.ProcessBytes, context.Time);
        Outcome[] outcomes = [];
        int loads = answerer.Loads;
        double milliseconds;
        await using (peak)
            milliseconds = await context.TimeAsync(SendAsync);
        return new TraceRun(trace, answerer.Name, outcomes, milliseconds / 1000, answerer.Loads - loads, peak.Bytes);

        async Task SendAsync() => outcomes = await OpenLoop.RunAsync(
            context.Time, arrivals,
            number => context.AskAsync(
                answerer, context.Ids[arrivals[number].Expert], context.Question(number), cancellationToken),
            cancellationToken);
    }
}
