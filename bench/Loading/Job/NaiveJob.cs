using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Bench.Loading.Answering;
using Orchestrator.Bench.Loading.Experts;
using Orchestrator.LlamaCpp;

namespace Orchestrator.Bench.Loading.Job;

/// <summary>Loads, answers one item and unloads, item by item, with all cores for each.</summary>
static class NaiveJob
{
    public static async Task<JobRun> RunAsync(
        ScenarioContext context, string way, IReadOnlyList<JobItem> items, CancellationToken cancellationToken)
    {
        Dictionary<string, string> files = context.Experts.Experts.ToDictionary(expert => expert.Id, expert => expert.File);
        BatchEngineOptions options = ExpertSet.EngineOptions(context.Options) with { MaxSequences = 1, Threads = context.Options.Cores };
        // What the process compiles at its first answer is no cost of this way.
        _ = await AnswerAsync(items[0]);
        var outcomes = new List<Outcome>();
        double before = ProcessorTime.Seconds(Environment.ProcessId);
        double milliseconds = await context.TimeAsync(async () =>
        {
            foreach (JobItem item in items)
                outcomes.Add(new Outcome(await AnswerAsync(item), null));
        });
        return JobRun.Of(way, outcomes, milliseconds, ProcessorTime.Seconds(Environment.ProcessId) - before, items.Count);

        async Task<Answer> AnswerAsync(JobItem item)
        {
            await using BatchEngine engine = await BatchEngine.LoadAsync(
                context.Runtime, files[item.Expert], options, NullLoggerFactory.Instance, cancellationToken: cancellationToken);
            return await PoolAnswerer.ReadAsync(
                engine.GenerateAsync(PoolAnswerer.Request(item.Prompt, context.Options.Tokens), cancellationToken), context.Time);
        }
    }
}
