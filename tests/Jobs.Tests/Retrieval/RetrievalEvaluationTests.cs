using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Evaluation.Statistics;
using Orchestrator.Jobs.Retrieval;
using Orchestrator.Jobs.Retrieval.Arms;
using Orchestrator.Jobs.Retrieval.Learning;
using Orchestrator.Jobs.Retrieval.Reporting;
using Orchestrator.Jobs.Retrieval.Results;
using Orchestrator.Jobs.Retrieval.Searching;
using Orchestrator.Router.Pilots;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Jobs.Tests.Retrieval;

public sealed class RetrievalEvaluationTests
{
    static readonly RetrievalOptions Options = new()
    {
        Pilots = new PilotOptions { Rule = PilotRule.Nearest },
        Bootstrap = new BootstrapOptions { Resamples = 100 },
    };

    static readonly CorpusSearch Search = new(Worlds.Team, new PlainDocuments(), new ManualTime());

    /// <summary>Pilots at the corner of each collection's words.</summary>
    static PilotLibrary Library(string space = Worlds.Space) => new(space, "base",
        [new Pilot("air", "air-expert", [0.577f, 0.577f, 0.577f, 0, 0, 0, 0], 3), new Pilot("body", "body-expert", [0, 0, 0, 0.577f, 0.577f, 0.577f, 0], 3)]);

    static async Task<RetrievalResult> RunAsync(RetrievalOptions? options = null)
    {
        ScoredQueries scored = await new PilotScoring(Worlds.Team, Search).RunAsync([Worlds.Air, Worlds.Body], null, null, default);
        return await new RetrievalEvaluation(options ?? Options, Worlds.Team, Library(), Search, new ManualTime())
            .RunAsync([Worlds.Air, Worlds.Body], [Worlds.Air, Worlds.Body], scored, ["a note"], null, default);
    }

    static ArmRow Arm(RetrievalResult result, string name) => result.Arms.Single(arm => arm.Name == name);

    [Fact]
    public async Task RunAsync_RoutedQueries_GoHome()
    {
        RetrievalResult result = await RunAsync();

        ArmRow routed = Arm(result, ArmNames.Nearest);
        Assert.All(routed.Runs[0], run => Assert.Equal(("air-expert", 1.0), (run.Expert, run.Scores.Ndcg)));
        Assert.All(routed.Runs[1], run => Assert.Equal(("body-expert", 1.0), (run.Expert, run.Scores.Ndcg)));
        Assert.Equal("multitask", result.MultiTask);
        Assert.All(Arm(result, ArmNames.ByName).Runs[1], run => Assert.Equal("body-expert", run.Expert));
    }

    [Fact]
    public async Task RunAsync_Random_IsTheMeanOfAllRoutedExperts()
    {
        RetrievalResult result = await RunAsync();

        double expected = new[] { ArmNames.Base("base"), ArmNames.Alone("air-expert"), ArmNames.Alone("body-expert") }
            .Average(name => Arm(result, name).Runs[0][1].Scores.Ndcg);
        Assert.Equal(expected, Arm(result, ArmNames.Random).Runs[0][1].Scores.Ndcg, 12);
    }

    [Fact]
    public async Task RunAsync_EveryArm_HasEveryQuery()
    {
        RetrievalResult result = await RunAsync();

        Assert.Equal(result.Arms.Count, result.Arms.Select(arm => arm.Name).Distinct().Count());
        Assert.All(result.Arms, arm => Assert.Equal([3, 3], arm.Runs.Select(runs => runs.Count)));
        double best = Mean(Arm(result, ArmNames.OracleQuery));
        Assert.All(result.Arms.Where(arm => arm.Kind == ArmKind.Router), arm => Assert.True(Mean(arm) <= best + 1e-12));

        static double Mean(ArmRow arm) => arm.Runs.SelectMany(runs => runs).Average(run => run.Scores.Ndcg);
    }

    [Fact]
    public async Task RunAsync_Removals_LeaveOthersAndFallBackToTheBase()
    {
        RetrievalResult result = await RunAsync();

        Removal removal = result.Removals.Single(removal => removal.Expert == "air-expert");
        Assert.Equal("air", removal.Home);
        Assert.All(removal.Unavailable.Runs[0], run => Assert.Equal("base", run.Expert));
        Assert.Equal(removal.Before.Runs[1], removal.Unavailable.Runs[1]);
        Assert.All(removal.Removed.Runs[0], run => Assert.Equal("body-expert", run.Expert));
        Assert.Equal(["body-expert"], (await RunAsync(Options with { Without = ["body-expert"] })).Removals.Select(one => one.Expert));
    }

    [Fact]
    public async Task RunAsync_PilotsOfAnotherSpace_IsRefused()
    {
        var evaluation = new RetrievalEvaluation(Options, Worlds.Team, Library("other@89ab"), Search, new ManualTime());

        var failure = await Assert.ThrowsAsync<RetrievalException>(() => evaluation.RunAsync([Worlds.Air], [], null, [], null, default));

        Assert.Contains("train pilots again", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_Result_HasAllTables()
    {
        RetrievalResult result = await RunAsync();

        string markdown = RetrievalReport.Markdown(result), page = RetrievalReport.Html(result);

        foreach (string title in (string[])["## nDCG@10\n", "## nDCG@10 above base (base)", "above multi-task (multitask)", "## recall@100", "## MRR@10", "## Time of a query", "## Chosen experts", "## Without an expert"])
            Assert.Contains(title, markdown, StringComparison.Ordinal);
        Assert.Contains("- a note", markdown, StringComparison.Ordinal);
        Assert.Contains("</svg>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_Result_WritesALineForEachQuery()
    {
        using var folder = new TemporaryFolder();

        RetrievalOutput.Open(folder.File("out")).Write(await RunAsync());

        string[] lines = File.ReadAllLines(folder.File("out/queries.jsonl"));
        Assert.Equal(7, lines.Length);
        Assert.Contains("\"expert\":\"air-expert\"", lines[1], StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("out/report.md")));
        File.WriteAllText(folder.File("taken"), "");
        Assert.Throws<RetrievalException>(() => RetrievalOutput.Open(folder.File("taken")));
    }

    [Fact]
    public async Task Scores_MeanOverCollections_WeighsThemAlike()
    {
        RetrievalResult result = await RunAsync();
        ArmRow half = new("half", ArmKind.Fixed, [Arm(result, ArmNames.Nearest).Runs[0], [.. Arm(result, ArmNames.Nearest).Runs[1].Take(1).Select(run => run with { Scores = default })]]);

        var scores = new ArmScores([half], one => one.Ndcg, Options.Bootstrap);

        Assert.Equal([1, 0, 0.5, 0.75], scores.Of(0).Select(estimate => estimate.Value));
        Assert.Equal(0.5, scores.Mean(0).Range.Low);
    }
}
