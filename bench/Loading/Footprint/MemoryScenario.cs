using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Bench.Loading.Answering;
using Orchestrator.Bench.Loading.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp;

namespace Orchestrator.Bench.Loading.Footprint;

/// <summary>
/// <c>memory</c>: what llama.cpp says that experts hold, beside what the process grows by. All stay loaded: memory that one
/// gave back to the process, though not to the system, would hide what the next takes.
/// </summary>
static class MemoryScenario
{
    const int PromptLength = 60;

    public static Command Create() => ScenarioContext.Command(
        "memory", "Bytes that llama.cpp reports for experts beside what the process grows by", [], RunAsync);

    static async Task<string> RunAsync(ScenarioContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        var growths = new List<Growth>();
        var engines = new List<BatchEngine>();
        long start = ProcessMemory.ResidentBytes(Environment.ProcessId);
        foreach (ExpertConfig expert in context.Experts.Experts)
        {
            long before = ProcessMemory.ResidentBytes(Environment.ProcessId);
            BatchEngine engine = await BatchEngine.LoadAsync(
                context.Runtime, expert.File, ExpertSet.EngineOptions(context.Options, context.Options.Mapped),
                NullLoggerFactory.Instance, cancellationToken: cancellationToken);
            engines.Add(engine);
            long loaded = ProcessMemory.ResidentBytes(Environment.ProcessId) - before;
            await UseAsync(context, engine, cancellationToken);
            long used = ProcessMemory.ResidentBytes(Environment.ProcessId) - before;
            growths.Add(new Growth(expert.Id, new FileInfo(expert.File).Length, engine.ResidentBytes, loaded, used));
        }
        foreach (BatchEngine engine in engines)
            await engine.DisposeAsync();
        long left = ProcessMemory.ResidentBytes(Environment.ProcessId) - start;
        growths.Add(new Growth(
            "all", growths.Sum(growth => growth.File), growths.Sum(growth => growth.Reported),
            growths.Sum(growth => growth.Loaded), growths.Sum(growth => growth.Used)));
        return Report.Table(
            ["expert", "file MB", "reported MB", "process grew MB", "after answers MB", "grown/reported"],
            growths.Select(growth => growth.Row()))
            + $"\n- after all were unloaded the process has {Growth.Megabytes(left)} MB more than before\n";
    }

    /// <summary>Fills every conversation, so that pages which a load only reserved are really taken.</summary>
    static Task UseAsync(ScenarioContext context, BatchEngine engine, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, context.Options.Sequences).Select(i => PoolAnswerer.ReadAsync(
            engine.GenerateAsync(PoolAnswerer.Request(new string('x', PromptLength), context.Options.Tokens), cancellationToken),
            context.Time)));

    sealed record Growth(string Expert, long File, long Reported, long Loaded, long Used)
    {
        public static string Megabytes(long bytes) => $"{bytes / 1e6:0.0}";

        public string[] Row() =>
            [Expert, Megabytes(File), Megabytes(Reported), Megabytes(Loaded), Megabytes(Used), Samples.Ratio(Used, Reported)];
    }
}
