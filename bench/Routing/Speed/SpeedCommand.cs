using System.CommandLine;

namespace Orchestrator.Bench.Routing.Speed;

/// <summary><c>routing-speed</c>: what a routing decision takes, part by part, on one thread and without any model.</summary>
static class SpeedCommand
{
    static readonly Option<string> Texts = new("--texts")
    {
        DefaultValueFactory = _ => "models/data/test.jsonl",
        Description = "JSON Lines with a 'question' or 'query' (.gz too): every second one is fitted on, the others are timed",
    };
    static readonly Option<int[]> Rows = new("--rows")
    {
        DefaultValueFactory = _ => [10_000, 100_000, 1_000_000],
        AllowMultipleArgumentsPerToken = true,
        Description = "Rows of the searched indexes; a million takes 2.7 GB and some minutes",
    };
    static readonly Option<int> Dimensions = new("--dimensions") { DefaultValueFactory = _ => 512 };
    static readonly Option<int> Seed = new("--seed") { DefaultValueFactory = _ => 1 };
    static readonly Option<string?> Out = new("--out") { Description = "Markdown file to write as well" };

    public static Command Create()
    {
        var command = new Command("routing-speed", "Time of embedding a question and of finding its neighbours")
        {
            Texts, Rows, Dimensions, Seed, Out,
        };
        command.SetAction(Run);
        return command;
    }

    static void Run(ParseResult parsed)
    {
        TimeProvider time = TimeProvider.System;
        string[] texts = QuestionTexts.Read(parsed.GetValue(Texts)!);
        var search = new SearchTimes(parsed.GetValue(Dimensions), parsed.GetValue(Seed), time);
        string[] parts =
        [
            Machine.Describe(time),
            WholeDecisions.ToMarkdown(texts, parsed.GetValue(Seed), time),
            EmbeddingTimes.ToMarkdown(texts, time),
            search.ToMarkdown(parsed.GetValue(Rows)!),
        ];
        Report.Write(string.Join("\n\n", parts) + "\n", parsed.GetValue(Out));
    }
}
