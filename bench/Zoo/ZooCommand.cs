using System.CommandLine;
using Orchestrator.Bench.Pool;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Bench.Zoo;

/// <summary>
/// <c>zoo</c>: what each expert can do, measured through the engine; with <c>--f16</c>, what quantisation cost and whether
/// the engine says what torch said.
/// </summary>
static class ZooCommand
{
    static readonly Option<string> Models = new("--models") { DefaultValueFactory = _ => "models" };
    static readonly Option<string> Questions = new("--questions") { DefaultValueFactory = _ => "models/data/test.jsonl" };
    static readonly Option<string> Cache = new("--cache") { DefaultValueFactory = _ => "artifacts/bench/test-outcomes.jsonl" };
    static readonly Option<bool> Refresh = new("--refresh") { Description = "Ask all experts again" };
    static readonly Option<int> Threads = new("--threads") { DefaultValueFactory = _ => 1 };
    static readonly Option<string?> F16 = new("--f16") { Description = "Folder of the same experts as ID.F16.gguf" };
    static readonly Option<string?> Golden = new("--golden") { Description = "Folder of torch's greedy answers" };
    static readonly Option<string?> Out = new("--out") { Description = "Markdown file to write as well" };

    public static Command Create()
    {
        var command = new Command("zoo", "Accuracy of every expert on every skill and sub-skill")
        {
            Models, Questions, Cache, Refresh, Threads, F16, Golden, Out,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        IReadOnlyList<ProfileQuestion> questions = QuestionFile.Read(parsed.GetValue(Questions)!);
        bool refresh = parsed.GetValue(Refresh);
        string cache = parsed.GetValue(Cache)!;
        OutcomeTable kept = await MeasureAsync(BenchPool.OfFolder(parsed.GetValue(Models)!), cache);
        string markdown = $"{Machine.Describe(TimeProvider.System)}\n\n{ZooMatrix.ToMarkdown(kept, questions)}";
        if (parsed.GetValue(F16) is { } folder)
        {
            OrchestratorConfig unquantised = BenchPool.OfFolder(folder, suffix: ".F16");
            OutcomeTable full = await MeasureAsync(unquantised, Path.ChangeExtension(cache, ".f16.jsonl"));
            markdown += '\n' + QuantisationCost.ToMarkdown(kept, full, questions);
            if (parsed.GetValue(Golden) is { } golden)
                markdown += '\n' + await CompareAsync(unquantised, golden);
        }
        Report.Write(markdown, parsed.GetValue(Out));
        return 0;

        async Task<OutcomeTable> MeasureAsync(OrchestratorConfig config, string into)
        {
            await using BenchPool pool = await BenchPool.StartAsync(config, parsed.GetValue(Threads), cancellationToken);
            return await pool.MeasureAsync(config, questions, into, refresh, cancellationToken);
        }

        async Task<string> CompareAsync(OrchestratorConfig config, string golden)
        {
            await using BenchPool pool = await BenchPool.StartAsync(config, parsed.GetValue(Threads), cancellationToken);
            return await GoldenComparison.ToMarkdownAsync(pool.Experts, golden, cancellationToken);
        }
    }
}
