using System.CommandLine;
using Orchestrator.Bench.Loading.Answering;

namespace Orchestrator.Bench.Loading.Job;

/// <summary><c>job</c>: a shuffled batch over all experts with memory for some of them.</summary>
static class JobScenario
{
    static readonly Option<int> Items = new("--items") { DefaultValueFactory = _ => 640 };

    static readonly Option<int> Loaded =
        new("--loaded") { DefaultValueFactory = _ => 4, Description = "Experts that fit in memory" };

    static readonly Option<int> NaiveItems =
        new("--naive-items") { DefaultValueFactory = _ => 16, Description = "Sample for the naive way" };

    static readonly Option<int> ServerItems =
        new("--server-items") { DefaultValueFactory = _ => 64, Description = "The stream's beginning that llama-server gets" };

    static readonly Option<int> Concurrency =
        new("--concurrency") { DefaultValueFactory = _ => 0, Description = "Items under way at once, on both sides; 0 is all" };

    public static Command Create() => ScenarioContext.Command(
        "job", "A shuffled batch over all experts with memory for some",
        [Items, Loaded, NaiveItems, ServerItems, Concurrency], RunAsync);

    static async Task<string> RunAsync(ScenarioContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        IReadOnlyList<JobItem> items = JobItem.Shuffled(context.Ids, parsed.GetValue(Items), context.Options.Seed);
        int loaded = parsed.GetValue(Loaded);
        JobItem[] sample = [.. items.Take(parsed.GetValue(NaiveItems))];
        List<JobRun> runs = [await NaiveJob.RunAsync(context, "naive: load, answer, unload", sample, cancellationToken)];
        await using (PoolAnswerer pool = await context.PoolAsync(loaded, cancellationToken))
            runs.Add(await RunAsync(pool, items));
        if (context.Options.Server is not null)
        {
            JobItem[] beginning = [.. items.Take(parsed.GetValue(ServerItems))];
            if (beginning.Length < items.Count)
            {
                await using PoolAnswerer pool = await context.PoolAsync(loaded, cancellationToken);
                runs.Add(await RunAsync(pool, beginning));
            }
            await using ServerAnswerer server = await context.ServerAsync(loaded, AtOnce(beginning), cancellationToken);
            runs.Add(await RunAsync(server, beginning));
        }
        return Markdown(runs, items.Count, loaded);

        int AtOnce(IReadOnlyList<JobItem> part) => parsed.GetValue(Concurrency) is > 0 and var limit ? limit : part.Count;

        Task<JobRun> RunAsync(IAnswerer answerer, IReadOnlyList<JobItem> part) =>
            JobRun.WithAsync(context, answerer, answerer.Name, part, AtOnce(part), cancellationToken);
    }

    static string Markdown(List<JobRun> runs, int items, int loaded)
    {
        string text =
            $"""
            - {items} items in random order, memory for {loaded} experts; where a way did fewer, it did a sample (naive)
              or the stream's beginning (llama-server, and this pool beside it)


            """;
        text += Report.Table(
            ["way", "items", "seconds", "items/s", "× naive", "CPU ms/item", "loads", "prompt tokens", "new tokens", "failed"],
            runs.Select(run => (string[])
            [
                run.Way, $"{run.Items}", $"{run.Seconds:0.0}", $"{run.ItemsPerSecond:0.00}",
                Samples.Ratio(run.ItemsPerSecond, runs[0].ItemsPerSecond), $"{1000 * run.ProcessorSeconds / run.Items:0.0}",
                $"{run.Loads}", $"{run.PromptTokens}", $"{run.Tokens}", $"{run.Failures.Count}",
            ]));
        text += $"\n- this pool, whole job, for one of naive: {Samples.Ratio(runs[1].ItemsPerSecond, runs[0].ItemsPerSecond)}\n";
        if (runs.Count > 2)
        {
            text += $"- for one of llama-server, same items: {Samples.Ratio(runs[^2].ItemsPerSecond, runs[^1].ItemsPerSecond)}; "
                + $"whole job for what it did: {Samples.Ratio(runs[1].ItemsPerSecond, runs[^1].ItemsPerSecond)}\n";
        }
        foreach (string failure in runs.SelectMany(run => run.Failures).Distinct(StringComparer.Ordinal).Take(5))
            text += $"- failed: {failure}\n";
        return text;
    }
}
