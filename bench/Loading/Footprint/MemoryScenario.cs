using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Bench.Loading.Answering;
using Orchestrator.Bench.Loading.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp;

namespace Orchestrator.Bench.Loading.Footprint;

/// <summary>
/// <c>memory</c>: what experts are predicted to hold, what llama.cpp says once they are loaded, and what the process grows
/// by. All stay loaded: memory that one gave back to the process, though not to the system, would hide what the next takes.
/// </summary>
static class MemoryScenario
{
    const int PromptLength = 60;

    public static Command Create() => ScenarioContext.Command(
        "memory", "Bytes predicted for experts beside what llama.cpp reports and what the process grows by", [], RunAsync);

    static async Task<string> RunAsync(ScenarioContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        BatchEngineOptions options = ExpertSet.EngineOptions(context.Options, context.Options.Mapped);
        var growths = new List<Growth>();
        var engines = new List<BatchEngine>();
        long start = ProcessMemory.ResidentBytes(Environment.ProcessId);
        foreach (ExpertConfig expert in context.Experts.Experts)
        {
            long before = ProcessMemory.ResidentBytes(Environment.ProcessId);
            var predicted = ModelPlan.Measure(context.Runtime, expert.File, options, NullLoggerFactory.Instance);
            BatchEngine engine = await BatchEngine.LoadAsync(
                context.Runtime, expert.File, options, NullLoggerFactory.Instance, cancellationToken: cancellationToken);
            engines.Add(engine);
            await UseAsync(context, engine, cancellationToken);
            long used = ProcessMemory.ResidentBytes(Environment.ProcessId) - before;
            growths.Add(new Growth(expert.Id, predicted.TotalBytes, engine.ResidentBytes, used));
        }
        foreach (BatchEngine engine in engines)
            await engine.DisposeAsync();
        long left = ProcessMemory.ResidentBytes(Environment.ProcessId) - start;
        growths.Add(new Growth(
            "all", growths.Sum(growth => growth.Predicted), growths.Sum(growth => growth.Reported),
            growths.Sum(growth => growth.Grown)));
        return Report.Table(
            ["expert", "predicted MB", "reported MB", "process grew MB", "predicted/reported", "predicted/grown"],
            growths.Select(growth => growth.Row()))
            + $"\n- after all were unloaded the process has {Growth.Megabytes(left)} MB more than before\n";
    }

    /// <summary>Fills every conversation, so that pages which a load only reserved are really taken.</summary>
    static Task UseAsync(ScenarioContext context, BatchEngine engine, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, context.Options.Sequences).Select(i => PoolAnswerer.ReadAsync(
            engine.GenerateAsync(PoolAnswerer.Request(new string('x', PromptLength), context.Options.Tokens), cancellationToken),
            context.Time)));

    /// <param name="Grown">After answers in all conversations.</param>
    sealed record Growth(string Expert, long Predicted, long Reported, long Grown)
    {
        public static string Megabytes(long bytes) => $"{bytes / 1e6:0.0}";

        public string[] Row() =>
        [
            Expert, Megabytes(Predicted), Megabytes(Reported), Megabytes(Grown),
            $"{(double)Predicted / Reported:0.000}", $"{(double)Predicted / Grown:0.000}",
        ];
    }
}
