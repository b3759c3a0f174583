using System.CommandLine;
using Orchestrator.Bench.Routing.Speed;
using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Pilots;

namespace Orchestrator.Bench.Retrieval;

/// <summary>
/// <c>retrieval-routing</c>: what choosing an embedding expert by pilots takes, on one thread. Beside it comes the query's second
/// pass, which <c>orchestrator eval-retrieval</c> times with real experts.
/// </summary>
static class RetrievalRoutingCommand
{
    const int Queries = 5000, PilotsPerExpert = 4;

    static readonly int[] Experts = [4, 16, 64, 256];

    static readonly Option<int> Dimensions = new("--dimensions") { DefaultValueFactory = _ => 384 };
    static readonly Option<int> Seed = new("--seed") { DefaultValueFactory = _ => 1 };
    static readonly Option<string?> Out = new("--out") { Description = "Markdown file to write as well" };

    public static Command Create()
    {
        var command = new Command("retrieval-routing", "Time of choosing an embedding expert by its pilots") { Dimensions, Seed, Out };
        command.SetAction(Run);
        return command;
    }

    static void Run(ParseResult parsed)
    {
        int dimensions = parsed.GetValue(Dimensions);
        var random = new Random(parsed.GetValue(Seed));
        float[][] queries = [.. Enumerable.Range(0, Queries).Select(_ => Unit(random, dimensions))];
        string table = Report.Table(
            ["experts", "pilots", "rule", "p50, us", "p99, us", "bytes"],
            Experts.SelectMany(experts => Enum.GetValues<PilotRule>().Select(rule => Row(experts, rule, queries, random))));
        Report.Write($"{Machine.Describe(TimeProvider.System)}\n- dimensions: {dimensions}\n\n{table}", parsed.GetValue(Out));
    }

    static string[] Row(int experts, PilotRule rule, float[][] queries, Random random)
    {
        Pilot[] pilots = [.. Enumerable.Range(0, experts * PilotsPerExpert)
            .Select(i => new Pilot($"domain {i % PilotsPerExpert}", $"expert {i / PilotsPerExpert}", Unit(random, queries[0].Length), 10))];
        var library = new PilotLibrary("bench", "expert 0", pilots);
        string[] available = [.. library.Experts];
        var options = new PilotOptions { Rule = rule };
        Timing.WarmUp(queries, Route, 2000);
        Timing timing = Timing.Of(queries, Route, TimeProvider.System);
        return [$"{experts}", $"{pilots.Length}", $"{rule}".ToLowerInvariant(), timing.Median, timing.P99, $"{timing.BytesPerCall}"];

        void Route(float[] query) => library.Route(query, options, available);
    }

    static float[] Unit(Random random, int dimensions)
    {
        float[] vector = [.. Enumerable.Range(0, dimensions).Select(_ => (float)(random.NextDouble() - 0.5))];
        float length = MathF.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / length)];
    }
}
