using System.CommandLine;
using Orchestrator.Bench.Loading.Answering;
using Orchestrator.Bench.Loading.Job;
using Orchestrator.Bench.Loading.Switching;
using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Bench.Loading.Prefetch;

/// <summary><c>prefetch</c>: what it saves to read the next expert's file ahead.</summary>
static class PrefetchScenario
{
    static readonly Option<int> Repeats = new("--repeats") { DefaultValueFactory = _ => 5 };

    static readonly Option<int> GroupItems =
        new("--group-items") { DefaultValueFactory = _ => 16, Description = "Items asked of each expert" };

    public static Command Create() => ScenarioContext.Command(
        "prefetch", "Loads with the file in the page cache and without, and a job with files read ahead and without",
        [Repeats, GroupItems], RunAsync);

    static async Task<string> RunAsync(ScenarioContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        string file = context.Experts.Experts[0].File;
        int repeats = parsed.GetValue(Repeats);
        IReadOnlyList<JobItem> items = JobItem.Shuffled(
            context, context.Ids, parsed.GetValue(GroupItems) * context.Ids.Count);
        double read = await MedianAsync(
            () => PageCache.Evict(file), () => context.TimeAsync(() => Task.Run(() => PageCache.Fill(file))));
        double cold = await MedianAsync(() => PageCache.Evict(file), LoadAsync);
        double warm = await MedianAsync(() => PageCache.Fill(file), LoadAsync);
        double ahead = await JobAsync(PageCache.Evict, prefetch: true);
        double without = await JobAsync(PageCache.Evict, prefetch: false);
        double cached = await JobAsync(PageCache.Fill, prefetch: true);
        return
            $"""
            - job: {parsed.GetValue(GroupItems)} items for each of {context.Ids.Count} experts, given at once, memory for one;
              median of {repeats}


            """ + Report.Table(
            ["what", "ms", "× file in the page cache"],
            [
                Row("reading the file alone, not in the page cache", read, double.NaN),
                Row("load, file not in the page cache", cold, warm),
                Row("load, file in the page cache", warm, warm),
                Row("job, files not in the page cache, nothing read ahead", without, cached),
                Row("job, files not in the page cache, the next one read ahead", ahead, cached),
                Row("job, files in the page cache", cached, cached),
            ]);

        static string[] Row(string what, double milliseconds, double cached) =>
            [what, Samples.Milliseconds(milliseconds), Samples.Ratio(milliseconds, cached)];

        async Task<double> LoadAsync() =>
            (await EngineSteps.MeasureAsync(context, file, memoryMap: false, cancellationToken)).Load;

        async Task<double> MedianAsync(Action before, Func<Task<double>> measure)
        {
            var values = new List<double>();
            for (int i = 0; i < repeats; i++)
            {
                before();
                values.Add(await measure());
            }
            return Samples.Median(values);
        }

        Task<double> JobAsync(Action<string> before, bool prefetch) => MedianAsync(
            () =>
            {
                foreach (ExpertConfig expert in context.Experts.Experts)
                    before(expert.File);
            },
            async () =>
            {
                OrchestratorConfig config = context.Experts.Config(1) with { Scheduler = new SchedulerConfig { Prefetch = prefetch } };
                await using PoolAnswerer pool = await PoolAnswerer.StartAsync(
                    config, RequestClass.Batch, context.Runtime, context.Time, cancellationToken);
                JobRun run = await JobRun.WithAsync(context, pool, "", items, null, cancellationToken);
                return run.Failures.Count == 0 ? 1000 * run.Seconds : throw new InvalidOperationException(run.Failures[0]);
            });
    }
}
