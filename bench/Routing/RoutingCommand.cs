using System.CommandLine;
using Orchestrator.Bench.Pool;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Bench.Routing;

/// <summary><c>routing</c>: how well a policy chooses on questions that were never profiled.</summary>
static class RoutingCommand
{
    static readonly Option<string> Config = new("--config") { DefaultValueFactory = _ => "configs/orchestrator.yaml" };
    static readonly Option<string> Policy = new("--policy") { DefaultValueFactory = _ => "auto" };
    static readonly Option<string> Questions = new("--questions") { DefaultValueFactory = _ => "models/data/test.jsonl" };
    static readonly Option<string> Generalist = new("--generalist") { DefaultValueFactory = _ => "generalist" };
    static readonly Option<string> Cache = new("--cache") { DefaultValueFactory = _ => "artifacts/bench/test-outcomes.jsonl" };
    static readonly Option<bool> Refresh = new("--refresh") { Description = "Ask all experts again" };
    static readonly Option<int> Threads = new("--threads") { DefaultValueFactory = _ => 1 };
    static readonly Option<string?> Out = new("--out") { Description = "Markdown file to write as well" };

    public static Command Create()
    {
        var command = new Command("routing", "Routed accuracy against best single, generalist, random and oracle")
        {
            Config, Policy, Questions, Generalist, Cache, Refresh, Threads, Out,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        OrchestratorConfig config = ConfigReader.Read(parsed.GetValue(Config)!);
        string policy = parsed.GetValue(Policy)!;
        IReadOnlyList<ProfileQuestion> questions = QuestionFile.Read(parsed.GetValue(Questions)!);
        OutcomeTable profile =
            OutcomeFile.Read(config.Router.Outcomes ?? throw new ConfigException(["router.outcomes is not set"]));
        await using BenchPool pool = await BenchPool.StartAsync(config, parsed.GetValue(Threads), cancellationToken);
        OutcomeTable test = await pool.MeasureAsync(
            config, questions, parsed.GetValue(Cache)!, parsed.GetValue(Refresh), cancellationToken);

        RefuseOverlap(profile, test);
        var experts = test.Experts.ToHashSet(StringComparer.Ordinal);
        var router = BenchRouter.Of(config, config.Policies, profile, experts);
        string best = RoutingEvaluation.BestSingle(profile, experts);
        string? generalist = parsed.GetValue(Generalist) is { } id && experts.Contains(id) ? id : null;
        var judged = RoutingEvaluation.Judge(router, policy, test, best, generalist);
        var report = new RoutingReport(questions, judged, policy, best, generalist, test.Experts.Count);
        Report.Write(report.ToMarkdown(Machine.Describe(TimeProvider.System)), parsed.GetValue(Out));
        return 0;
    }

    /// <summary>A question that was profiled would measure memory.</summary>
    static void RefuseOverlap(OutcomeTable profile, OutcomeTable test)
    {
        var profiled = profile.Rows.Select(row => row.Question).ToHashSet(StringComparer.Ordinal);
        string[] both = [.. test.Rows.Select(row => row.Question).Where(profiled.Contains)];
        if (both.Length > 0)
            throw new InvalidOperationException($"{both.Length} of the questions were profiled, such as '{both[0]}'.");
    }
}
