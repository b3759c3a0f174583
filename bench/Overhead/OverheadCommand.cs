using System.CommandLine;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Bench.Overhead;

/// <summary><c>client-overhead</c>: what the chat client costs beside raw HTTP, and the service in this process beside the engine alone.</summary>
static class OverheadCommand
{
    static readonly Option<string> Config = new("--config") { DefaultValueFactory = _ => "configs/orchestrator.yaml" };
    static readonly Option<string> Expert = new("--expert") { DefaultValueFactory = _ => "generalist", Description = "Asked by its id, so that nothing is routed; none of a mixture, whose contexts are others" };
    static readonly Option<int> Rounds = new("--rounds") { DefaultValueFactory = _ => 15 };
    static readonly Option<int> Requests = new("--requests") { DefaultValueFactory = _ => 400, Description = "Of a side in a round" };
    static readonly Option<string?> Out = new("--out") { Description = "Markdown file to write as well" };

    const string Question = "What is 17 + 25?";

    /// <summary>The shortest answer, where overhead weighs most, and one that ends by itself.</summary>
    static readonly int[] Lengths = [1, 64];

    static readonly int[] Together = [1, 16];

    public static Command Create()
    {
        var command = new Command("client-overhead", "Chat client beside raw HTTP, and the service in process beside the engine alone")
        {
            Config, Expert, Rounds, Requests, Out,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        OrchestratorConfig config = ConfigReader.Read(parsed.GetValue(Config)!);
        string expert = parsed.GetValue(Expert)!;
        List<string[]> http = [], local = [];
        using (ServedZoo served = await ServedZoo.StartAsync(config.Path, cancellationToken))
        {
            foreach (int tokens in Lengths)
            {
                using var sides = new HttpSides(served.Address, expert, Question, tokens);
                await AddRowsAsync(http, "whole", tokens, sides.Whole);
                await AddRowsAsync(http, "streamed", tokens, sides.Streamed);
            }
        }
        foreach (int tokens in Lengths)
        {
            await using InProcessSides sides = await InProcessSides.StartAsync(config, expert, Question, tokens);
            await AddRowsAsync(local, "whole", tokens, sides.Whole);
            await AddRowsAsync(local, "streamed", tokens, sides.Streamed);
        }
        string[] head = ["answer", "tokens, at most", "together", "side", "requests/s", "of the first side", "KB allocated a request"];
        Report.Write(
            $"""
            # What clients cost

            {Machine.Describe(TimeProvider.System)}
            - "{Question}" to {expert}, {parsed.GetValue(Requests)} requests of a side in a round, median of {parsed.GetValue(Rounds)} rounds; sides take turns

            ## Over HTTP

            The service runs in a process of its own, so what is allocated here is the client's. Both sides ask the same of it.

            {Report.Table(head, http)}
            ## In process

            The engine alone decodes the expert's file with the service's settings: no queue, no trial, no budget, no HTTP, no JSON. Allocations are
            those of the whole process, the engine's own included.

            {Report.Table(head, local)}
            """,
            parsed.GetValue(Out));
        return 0;

        async Task AddRowsAsync(List<string[]> rows, string kind, int tokens, IReadOnlyList<Side> sides)
        {
            foreach (int together in Together)
            {
                var turns = new Turns(parsed.GetValue(Rounds), parsed.GetValue(Requests), together, TimeProvider.System);
                foreach (SideResult result in await turns.MeasureAsync(sides, cancellationToken))
                    rows.Add([kind, $"{tokens}", $"{together}", result.Name, $"{result.PerSecond:0}", $"{result.Share:0.00}", $"{result.Bytes / 1024:0.0}"]);
            }
        }
    }
}
