namespace Orchestrator.Bench.Loading.Job;

/// <summary>All ways of doing one job.</summary>
/// <param name="Ceiling">The same with nothing to evict: what no scheduling can beat.</param>
/// <param name="Whole">This pool, which was given the whole job as batch work.</param>
sealed record JobReport(JobRun Naive, JobRun Ceiling, JobRun Whole, IReadOnlyList<ClientStream> Streams)
{
    public string Markdown(int items, int loaded) =>
        $"""
        - {items} items in random order, memory for {loaded} experts; naive did a sample of {Naive.Items};
          the others asked every expert once before


        """ + Table() + '\n' + Ratios() + Failures();

    IEnumerable<JobRun> Runs =>
        [Naive, Ceiling, Whole, .. Streams.SelectMany(stream => new[] { stream.Ours, stream.Server }).OfType<JobRun>()];

    string Table() => Report.Table(
        ["way", "items", "seconds", "items/s", "× naive", "CPU ms/item", "loads", "prompt tokens", "new tokens", "failed"],
        Runs.Select(run => (string[])
        [
            run.Way, $"{run.Items}", $"{run.Seconds:0.0}", $"{run.ItemsPerSecond:0.00}", Against(run, Naive),
            $"{1000 * run.ProcessorSeconds / run.Items:0.0}", $"{run.Loads}", $"{run.PromptTokens}", $"{run.Tokens}",
            $"{run.Failures.Count}",
        ]));

    string Ratios() => $"- the job for one of naive: {Against(Whole, Naive)}; of what it does with memory for all: {Against(Whole, Ceiling)}\n" + string.Concat(
        Streams.Where(stream => stream.Server is not null).Select(stream =>
            $"- for one of llama-server, {stream.Client}: the same stream {Against(stream.Ours, stream.Server!)}, "
            + $"as a job {Against(Whole, stream.Server!)}\n"));

    string Failures() => string.Concat(Runs.SelectMany(run => run.Failures.Select(failure => $"- {run.Way}, failed: {failure}\n"))
        .Distinct(StringComparer.Ordinal).Take(5));

    static string Against(JobRun run, JobRun baseline) => Samples.Ratio(run.ItemsPerSecond, baseline.ItemsPerSecond);
}

/// <summary>The same items from one client to both sides.</summary>
/// <param name="Server">Null when there is no server to compare with.</param>
sealed record ClientStream(string Client, JobRun Ours, JobRun? Server);
