using System.CommandLine;
using Orchestrator.Bench.Loading.Answering;
using Orchestrator.Experts;

namespace Orchestrator.Bench.Loading.Job;

/// <summary><c>job</c>: a shuffled batch over all experts with memory for some of them.</summary>
static class JobScenario
{
    static readonly Option<int> Items = new("--items") { DefaultValueFactory = _ => 640 };

    static readonly Option<int> Loaded =
        new("--loaded") { DefaultValueFactory = _ => 4, Description = "Experts that fit in memory" };

    static readonly Option<int> NaiveItems =
        new("--naive-items") { DefaultValueFactory = _ => 32, Description = "Sample for the naive way" };

    static readonly Option<int[]> Concurrency = new("--concurrency")
    {
        DefaultValueFactory = _ => [16, 64, 0],
        Description = "Items that a client has under way at once; 0 is all",
        AllowMultipleArgumentsPerToken = true,
    };

    public static Command Create() => ScenarioContext.Command(
        "job", "A shuffled batch over all experts with memory for some", [Items, Loaded, NaiveItems, Concurrency], RunAsync);

    static async Task<string> RunAsync(ScenarioContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        IReadOnlyList<JobItem> items = JobItem.Shuffled(context, context.Ids, parsed.GetValue(Items));
        int loaded = parsed.GetValue(Loaded);
        JobItem[] sample = [.. items.Take(parsed.GetValue(NaiveItems))];
        JobRun naive = await NaiveJob.RunAsync(context, "naive: load, answer, unload", sample, cancellationToken);
        JobRun ceiling = await WithPoolAsync(RequestClass.Batch, "this pool, memory for all", null, context.Ids.Count);
        JobRun whole = await WithPoolAsync(RequestClass.Batch, "this pool, as a job", null, loaded);
        var streams = new List<ClientStream>();
        foreach (int concurrency in parsed.GetValue(Concurrency)!)
        {
            int? limit = concurrency > 0 ? concurrency : null;
            string client = limit is { } count ? $"client of {count}" : "all at once";
            JobRun ours = await WithPoolAsync(RequestClass.Interactive, $"this pool, {client}", limit, loaded);
            streams.Add(new ClientStream(client, ours, context.Options.Server is null ? null : await WithServerAsync(client, limit)));
        }
        return new JobReport(naive, ceiling, whole, streams).Markdown(items.Count, loaded);

        async Task<JobRun> WithPoolAsync(RequestClass requestClass, string way, int? limit, int fit)
        {
            await using PoolAnswerer pool = await context.PoolAsync(fit, cancellationToken, requestClass);
            await WarmUp.RunAsync(context, pool, cancellationToken);
            return await JobRun.WithAsync(context, pool, way, items, limit, cancellationToken);
        }

        async Task<JobRun> WithServerAsync(string client, int? limit)
        {
            await using ServerAnswerer server = await context.ServerAsync(loaded, limit ?? items.Count, cancellationToken);
            await WarmUp.RunAsync(context, server, cancellationToken);
            return await JobRun.WithAsync(context, server, $"llama-server, {client}", items, limit, cancellationToken);
        }
    }
}
