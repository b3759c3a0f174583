using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Bench.Loading.Answering;
using Orchestrator.Bench.Loading.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp;

namespace Orchestrator.Bench.Loading.Footprint;

/// <summary><c>memory</c>: what llama.cpp says an expert holds, beside what the process grew by.</summary>
static class MemoryScenario
{
    const int PromptLength = 60;

    public static Command Create() => ScenarioContext.Command(
        "memory", "Bytes that llama.cpp reports for an expert beside what the process grows by", [], RunAsync);

    static async Task<string> RunAsync(ScenarioContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        var rows = new List<string[]>();
        // The first load of a process also loads what all share; it is made when the experts are prepared.
        foreach (ExpertConfig expert in context.Experts.Experts)
        {
            GC.Collect();
            long before = ProcessMemory.ResidentBytes(Environment.ProcessId);
            BatchEngine engine = await BatchEngine.LoadAsync(
                context.Runtime, expert.File, ExpertSet.EngineOptions(context.Options), NullLoggerFactory.Instance,
                cancellationToken: cancellationToken);
            long loaded = ProcessMemory.ResidentBytes(Environment.ProcessId) - before;
            await Task.WhenAll(Enumerable.Range(0, context.Options.Sequences).Select(i => PoolAnswerer.ReadAsync(
                engine.GenerateAsync(PoolAnswerer.Request(new string('x', PromptLength), context.Options.Tokens), cancellationToken), context.Time)));
            long used = ProcessMemory.ResidentBytes(Environment.ProcessId) - before;
            await engine.DisposeAsync();
            long left = ProcessMemory.ResidentBytes(Environment.ProcessId) - before;
            rows.Add(
            [
                expert.Id, Megabytes(new FileInfo(expert.File).Length), Megabytes(engine.ResidentBytes), Megabytes(loaded),
                Megabytes(used), Samples.Ratio(used, engine.ResidentBytes), Megabytes(left),
            ]);
        }
        return Report.Table(
            ["expert", "file MB", "reported MB", "process grew MB", "after answers MB", "grown/reported", "left after unload MB"], rows);
    }

    static string Megabytes(long bytes) => $"{bytes / 1e6:0.0}";
}
