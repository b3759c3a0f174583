using System.CommandLine;
using Orchestrator.Bench.Loading.Answering;

namespace Orchestrator.Bench.Loading.Traces;

/// <summary><c>traces</c>: requests that arrive by themselves, with memory for half of the experts.</summary>
static class TracesScenario
{
    /// <summary>Connections that both sides must bear.</summary>
    const int MostWaiting = 512;

    static readonly Option<string[]> Kind = new("--trace")
    {
        DefaultValueFactory = _ => [.. TraceGenerator.Kinds],
        Description = $"Any of {string.Join(", ", TraceGenerator.Kinds)}",
        AllowMultipleArgumentsPerToken = true,
    };

    static readonly Option<double> Rate = new("--rate") { DefaultValueFactory = _ => 4, Description = "Arrivals a second" };
    static readonly Option<int> Seconds = new("--seconds") { DefaultValueFactory = _ => 20, Description = "Length of a trace" };

    static readonly Option<int> Loaded =
        new("--loaded") { Description = "Experts that fit in memory; half of them when not given" };

    static TracesScenario() => Kind.AcceptOnlyFromAmong([.. TraceGenerator.Kinds]);

    public static Command Create() => ScenarioContext.Command(
        "traces", "Requests that arrive by themselves, with memory for half of the experts",
        [Kind, Rate, Seconds, Loaded], RunAsync);

    static async Task<string> RunAsync(ScenarioContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        int loaded = parsed.GetValue(Loaded) is > 0 and var given ? given : Math.Max(1, context.Ids.Count / 2);
        double rate = parsed.GetValue(Rate);
        var length = TimeSpan.FromSeconds(parsed.GetValue(Seconds));
        var runs = new List<TraceRun>();
        foreach (string kind in parsed.GetValue(Kind)!)
        {
            IReadOnlyList<Arrival> arrivals = TraceGenerator.Create(kind, rate, length, context.Ids.Count, context.Options.Seed);
            await using (PoolAnswerer pool = await context.PoolAsync(loaded, cancellationToken))
                runs.Add(await RunAsync(pool, kind, arrivals));
            if (context.Options.Server is null)
                continue;
            await using ServerAnswerer server = await context.ServerAsync(loaded, MostWaiting, cancellationToken);
            runs.Add(await RunAsync(server, kind, arrivals));
        }
        return
            $"""
            - {rate} arrivals a second for {length.TotalSeconds:0} s, memory for {loaded} of {context.Ids.Count} experts,
              each was asked once before, one after another; a request is aborted when it fails or takes more than {context.Options.Timeout.TotalSeconds:0} s
            - peak memory is that of the processes, the client being in this pool's


            """ + Table(runs) + '\n' + Ratios(runs) + Failures(runs);

        async Task<TraceRun> RunAsync(IAnswerer answerer, string kind, IReadOnlyList<Arrival> arrivals)
        {
            await WarmUp.RunAsync(context, answerer, cancellationToken);
            return await TraceRun.WithAsync(context, answerer, kind, arrivals, cancellationToken);
        }
    }

    static string Table(IEnumerable<TraceRun> runs) => Report.Table(
        ["trace", "side", "requests", "aborted", "requests/s", "tokens/s", "first token p50 ms", "p99 ms", "loads", "peak MB"],
        runs.Select(run => (string[])
        [
            run.Trace, run.Side, $"{run.Outcomes.Count}", $"{run.Aborted}", $"{run.RequestsPerSecond:0.00}",
            $"{run.TokensPerSecond:0.0}", $"{run.FirstToken(0.5):0}", $"{run.FirstToken(0.99):0}",
            $"{run.Loads}", $"{run.PeakBytes / 1e6:0}",
        ]));

    static string Ratios(IEnumerable<TraceRun> runs) => string.Concat(
        runs.GroupBy(run => run.Trace).Where(pair => pair.Count() == 2).Select(pair => (Ours: pair.First(), Server: pair.Last()))
            .Select(pair =>
                $"- {pair.Ours.Trace}, this pool for one of llama-server: "
                + $"throughput {Samples.Ratio(pair.Ours.RequestsPerSecond, pair.Server.RequestsPerSecond)}, "
                + $"first token p50 {Samples.Ratio(pair.Ours.FirstToken(0.5), pair.Server.FirstToken(0.5))}, "
                + $"p99 {Samples.Ratio(pair.Ours.FirstToken(0.99), pair.Server.FirstToken(0.99))}\n"));

    static string Failures(IEnumerable<TraceRun> runs) => string.Concat(
        runs.SelectMany(run => run.Outcomes.Where(outcome => outcome.Failure is not null)
                .Select(outcome => $"- {run.Trace}, {run.Side}, aborted: {outcome.Failure}\n"))
            .Distinct(StringComparer.Ordinal).Take(8));
}
