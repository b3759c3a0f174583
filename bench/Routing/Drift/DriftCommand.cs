using System.CommandLine;
using System.Globalization;
using System.Text;
using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Bench.Routing.Drift;

/// <summary><c>drift</c>: two experts change places while requests come; what feedback makes of it, and what poisoned feedback does.</summary>
static class DriftCommand
{
    const int Window = 100;

    /// <summary>Requests at the end that the last column is about.</summary>
    const int Tail = 300;

    static readonly Option<string> Outcomes = new("--outcomes") { DefaultValueFactory = _ => "models/outcomes.jsonl" };
    static readonly Option<string[]> Strategies = new("--strategy") { DefaultValueFactory = _ => ["nearest", "kernel-ridge"] };
    static readonly Option<int> Seeds = new("--seeds") { Description = "Shuffles of the questions to average over", DefaultValueFactory = _ => 10 };
    static readonly Option<float> Weight = new("--weight") { DefaultValueFactory = _ => new FeedbackConfig().Weight };
    static readonly Option<float> MaxShare = new("--max-share") { DefaultValueFactory = _ => new FeedbackConfig().MaxShare };
    static readonly Option<string?> Out = new("--out") { Description = "Markdown file to write as well" };

    public static Command Create()
    {
        var command = new Command("drift", "Two experts change places: accuracy per 100 requests with feedback, poisoned and not")
        {
            Outcomes, Strategies, Seeds, Weight, MaxShare, Out,
        };
        command.SetAction(Run);
        return command;
    }

    static int Run(ParseResult parsed)
    {
        OutcomeTable table = OutcomeFile.Read(parsed.GetValue(Outcomes)!);
        var options = new FeedbackConfig { Weight = parsed.GetValue(Weight), MaxShare = parsed.GetValue(MaxShare) };
        int seeds = parsed.GetValue(Seeds);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"""
            # Drift: the two busiest experts change places after {DriftWorld.Shift} requests

            {Machine.Describe(TimeProvider.System)}
            - recorded outcomes of {table.Experts.Count} experts; 500 questions profiled, the others asked once each; mean of {seeds} shuffles
            - accuracy of the routed expert in percent per {Window} requests; the last column is the last {Tail} ± 95% over the shuffles
            - each answer is judged by one of {DriftVariant.Clients} clients and learned before the next request; weight {options.Weight:0.##},
              max_share {options.MaxShare:0.##}, no half_life; a poisoned verdict says the opposite of what is true

            """);
        foreach (string strategy in parsed.GetValue(Strategies)!)
            text.Append('\n').Append(Table(table, strategy, options, seeds));
        Report.Write(text.ToString(), parsed.GetValue(Out));
        return 0;
    }

    static string Table(OutcomeTable table, string strategy, FeedbackConfig options, int seeds)
    {
        DriftWorld[] worlds = [.. Enumerable.Range(1, seeds).Select(seed => new DriftWorld(table, strategy, seed))];
        int windows = worlds[0].Stream.Count / Window;
        return Report.Table(
            [$"`{strategy}`", .. Enumerable.Range(1, windows).Select(window => $"{window * Window}"), $"last {Tail}"],
            [
                .. DriftVariant.All.Select(variant =>
                    Row(variant.Name, [.. worlds.Select((world, seed) => DriftTrial.Run(world, variant, options, seed))])),
                Row("profiled anew after the shift", [.. worlds.Select(DriftTrial.Reprofiled)]),
            ]);

        IReadOnlyList<string> Row(string name, double[][] runs)
        {
            double[] tails = [.. runs.Select(run => run[^Tail..].Average())];
            double mean = tails.Average();
            double spread = Math.Sqrt(tails.Sum(tail => (tail - mean) * (tail - mean)) / Math.Max(1, seeds - 1));
            return
            [
                name,
                .. Enumerable.Range(0, windows).Select(window =>
                    Report.Percent(runs.Average(run => run[(window * Window)..((window + 1) * Window)].Average()))),
                $"{Report.Percent(mean)} ± {Report.Percent(1.96 * spread / Math.Sqrt(seeds))}",
            ];
        }
    }
}
