using System.CommandLine;
using Orchestrator.Bench.Loading.Answering;
using Orchestrator.Bench.Loading.Job;
using Orchestrator.Bench.Loading.Switching;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Bench.Loading.Prefetch;

/// <summary><c>prefetch</c>: what it would save to have an expert's file in the page cache before it is loaded.</summary>
static class PrefetchScenario
{
    static readonly Option<int> Repeats = new("--repeats") { DefaultValueFactory = _ => 5 };

    static readonly Option<int> GroupItems =
        new("--group-items") { DefaultValueFactory = _ => 16, Description = "Items asked of each expert" };

    public static Command Create() => ScenarioContext.Command(
        "prefetch", "Loads with the file in the page cache and without, and a sequence of groups",
        [Repeats, GroupItems], RunAsync);

    static async Task<string> RunAsync(ScenarioContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        string file = context.Experts.Experts[0].File;
        int repeats = parsed.GetValue(Repeats);
        double read = await MedianAsync(
            () => PageCache.Evict(file), () => context.TimeAsync(() => Task.Run(() => PageCache.Fill(file))));
        double cold = await MedianAsync(() => PageCache.Evict(file), LoadAsync);
        double warm = await MedianAsync(() => PageCache.Fill(file), LoadAsync);
        double coldGroups = await GroupsAsync(PageCache.Evict);
        double warmGroups = await GroupsAsync(PageCache.Fill);
        int groups = context.Ids.Count;
        return
            $"""
            - groups: {parsed.GetValue(GroupItems)} items of one expert, then of the next, {groups} experts, memory for one


            """ + Report.Table(
            ["what", "file not in the page cache, ms", "in it, ms", "cold/warm"],
            [
                ["reading the file alone", Samples.Milliseconds(read), "–", "–"],
                Row("load, median", cold, warm),
                Row("a group, mean over the sequence", coldGroups / groups, warmGroups / groups),
            ]);

        static string[] Row(string what, double cold, double warm) =>
            [what, Samples.Milliseconds(cold), Samples.Milliseconds(warm), Samples.Ratio(cold, warm)];

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

        async Task<double> GroupsAsync(Action<string> before)
        {
            foreach (ExpertConfig expert in context.Experts.Experts)
                before(expert.File);
            await using PoolAnswerer pool = await context.PoolAsync(1, cancellationToken);
            double total = 0;
            foreach (string expert in context.Ids)
            {
                JobItem[] items = [.. JobItem.Shuffled([expert], parsed.GetValue(GroupItems), context.Options.Seed)];
                JobRun run = await JobRun.WithAsync(context, pool, expert, items, items.Length, cancellationToken);
                if (run.Failures.Count > 0)
                    throw new InvalidOperationException(run.Failures[0]);
                total += 1000 * run.Seconds;
            }
            return total;
        }
    }
}
