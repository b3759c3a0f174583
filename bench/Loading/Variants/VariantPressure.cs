using Orchestrator.Bench.Loading.Answering;
using Orchestrator.Bench.Loading.Experts;
using Orchestrator.Bench.Loading.Traces;
using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Bench.Loading.Variants;

/// <summary>One trace with variants and without, in the same memory.</summary>
/// <param name="Loaded">How many of the experts the budget holds; what is left beyond whole ones may hold variants.</param>
sealed record VariantPressure(double Loaded, bool Variants, TraceRun Run)
{
    /// <summary>Each trace in each memory, without variants and with them.</summary>
    /// <param name="traces">By name.</param>
    public static async Task<IReadOnlyList<VariantPressure>> RunAllAsync(
        ScenarioContext context, ExpertSet experts, IReadOnlyList<double> memories,
        IReadOnlyDictionary<string, IReadOnlyList<Arrival>> traces, CancellationToken cancellationToken)
    {
        var runs = new List<VariantPressure>();
        foreach (double loaded in memories)
        {
            foreach ((string trace, IReadOnlyList<Arrival> arrivals) in traces)
            {
                foreach (bool variants in (bool[])[false, true])
                    runs.Add(await RunAsync(context, experts, loaded, variants, trace, arrivals, cancellationToken));
            }
        }
        return runs;
    }

    static async Task<VariantPressure> RunAsync(
        ScenarioContext context, ExpertSet experts, double loaded, bool variants, string trace, IReadOnlyList<Arrival> arrivals,
        CancellationToken cancellationToken)
    {
        OrchestratorConfig config = experts.Config((int)loaded) with
        {
            Memory = new MemoryConfig { Budget = (long)(loaded * experts.Bytes) },
            Scheduler = new SchedulerConfig { Variants = variants },
        };
        await using PoolAnswerer pool = await PoolAnswerer.StartAsync(
            config, RequestClass.Interactive, context.Runtime, context.Time, cancellationToken);
        return new VariantPressure(
            loaded, variants, await TraceRun.WithAsync(context, pool, trace, arrivals, cancellationToken));
    }

    public static string Table(IEnumerable<VariantPressure> runs) => Report.Table(
        ["memory for", "trace", "variants", "requests", "aborted", "first token p50 ms", "p99 ms", "loads", "from a variant %"],
        runs.Select(pressure => (string[])
        [
            $"{pressure.Loaded:0.##}", pressure.Run.Trace, pressure.Variants ? "on" : "off", $"{pressure.Run.Outcomes.Count}",
            $"{pressure.Run.Aborted}", $"{pressure.Run.FirstToken(0.5):0}", $"{pressure.Run.FirstToken(0.99):0}",
            $"{pressure.Run.Loads}", Report.Percent(pressure.FromVariant),
        ]));

    double? FromVariant => Run.Answers.Any()
        ? (double)Run.Answers.Count(answer => answer.Variant is not null) / Run.Answers.Count() : null;
}
