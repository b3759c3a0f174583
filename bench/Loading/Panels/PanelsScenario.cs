using System.CommandLine;
using Orchestrator.Bench.Loading.Answering;
using Orchestrator.Bench.Loading.Job;

namespace Orchestrator.Bench.Loading.Panels;

/// <summary><c>panels</c>: requests that recruit several experts each, with memory for fewer than all.</summary>
static class PanelsScenario
{
    static readonly Option<int> Requests = new("--requests") { DefaultValueFactory = _ => 64 };
    static readonly Option<int> Members = new("--members") { DefaultValueFactory = _ => 3, Description = "Experts of a panel" };

    static readonly Option<int> Loaded =
        new("--loaded") { DefaultValueFactory = _ => 1, Description = "Experts that fit in memory" };

    public static Command Create() => ScenarioContext.Command(
        "panels", "Requests to several experts each: panel after panel, and all given at once",
        [Requests, Members, Loaded], RunAsync);

    static async Task<string> RunAsync(ScenarioContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        int loaded = parsed.GetValue(Loaded);
        IReadOnlyList<PanelDraw> panels = PanelDraw.Create(context, parsed.GetValue(Requests), parsed.GetValue(Members));
        JobItem[] items =
            [.. panels.SelectMany(panel => panel.Members.Select(member => new JobItem(member, panel.Question)))];
        JobRun inTurn, together;
        await using (PoolAnswerer pool = await context.PoolAsync(loaded, cancellationToken))
            inTurn = await JobRun.WithAsync(context, pool, "panel after panel, member after member", items, 1, cancellationToken);
        await using (PoolAnswerer pool = await context.PoolAsync(loaded, cancellationToken))
            together = await PanelJob.RunAsync(context, pool, panels, cancellationToken);
        return
            $"""
            - {panels.Count} requests, each to {parsed.GetValue(Members)} of {context.Ids.Count} experts, memory for {loaded},
              none of them loaded at first; an item is one expert's answer to one request
            - least number of loads: {items.DistinctBy(item => item.Expert).Count()}, the experts that are asked at all


            """ + Table(inTurn, together) + Failures(inTurn, together);
    }

    static string Table(params JobRun[] runs) => Report.Table(
        ["way", "items", "seconds", "items/s", "× panel after panel", "loads", "CPU ms/item", "new tokens", "failed"],
        runs.Select(run => (string[])
        [
            run.Way, $"{run.Items}", $"{run.Seconds:0.0}", $"{run.ItemsPerSecond:0.00}",
            Samples.Ratio(run.ItemsPerSecond, runs[0].ItemsPerSecond), $"{run.Loads}",
            $"{1000 * run.ProcessorSeconds / run.Items:0.0}", $"{run.Tokens}", $"{run.Failures.Count}",
        ]));

    static string Failures(params JobRun[] runs) => string.Concat(
        runs.SelectMany(run => run.Failures.Select(failure => $"- {run.Way}, failed: {failure}\n"))
            .Distinct(StringComparer.Ordinal).Take(5));
}
