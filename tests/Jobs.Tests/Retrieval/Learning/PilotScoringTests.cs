using Orchestrator.Jobs.Retrieval.Learning;
using Orchestrator.Jobs.Retrieval.Searching;
using Orchestrator.Router.Pilots;
using Orchestrator.Router.Pilots.Training;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Jobs.Tests.Retrieval.Learning;

public sealed class PilotScoringTests
{
    static Task<ScoredQueries> ScoreAsync(EmbeddingTeam team, Router.Outcomes.OutcomeTable? known = null) =>
        new PilotScoring(team, new CorpusSearch(team, new PlainDocuments(), new ManualTime())).RunAsync([Worlds.Air, Worlds.Body], known, null, default);

    [Fact]
    public async Task RunAsync_TwoDomains_ScoresEveryRoutedExpert()
    {
        ScoredQueries scored = await ScoreAsync(Worlds.Team);

        Assert.Equal(["base", "air-expert", "body-expert"], scored.Experts);
        Assert.Equal(6, scored.Samples.Count);
        Assert.Equal("air/q0", scored.Table.Rows[0].Id);
        Assert.Equal("body", scored.Samples[^1].Domain);
        Assert.All(scored.Samples, sample => Assert.Equal(1, sample.Scores.Max()));
        Assert.All(scored.Samples.Where(sample => sample.Domain == "air"), sample => Assert.Equal(1, sample.Scores[1]));
    }

    [Fact]
    public async Task RunAsync_KnownScores_AskOnlyTheNewExpert()
    {
        var air = new FakeEmbeddingExpert("air-expert", Worlds.Space, true, "wing", "flow", "shock");
        var one = new EmbeddingTeam([Worlds.Base, air], "base", []);
        ScoredQueries before = await ScoreAsync(one);
        air.Calls.Clear();
        var body = new FakeEmbeddingExpert("body-expert", Worlds.Space, true, "blood", "lens", "tumour");

        ScoredQueries after = await ScoreAsync(new EmbeddingTeam([Worlds.Base, air, body], "base", []), before.Table);

        Assert.Empty(air.Calls);
        Assert.NotEmpty(body.Calls);
        Assert.All(before.Table.Rows.Zip(after.Table.Rows), pair => Assert.Equal(pair.First.Outcomes, pair.Second.Outcomes.Take(2)));
    }

    [Fact]
    public async Task RunAsync_ChangedText_IsScoredAgain()
    {
        var air = new FakeEmbeddingExpert("air-expert", Worlds.Space, true, "wing", "flow", "shock");
        var team = new EmbeddingTeam([Worlds.Base, air], "base", []);
        ScoredQueries before = await ScoreAsync(team);
        air.Calls.Clear();

        await ScoreAsync(team, new("", before.Experts, [.. before.Table.Rows.Select(row => row with { Question = "another" })]));

        Assert.NotEmpty(air.Calls);
    }

    [Fact]
    public async Task Trials_HeldOutQueries_AreRankedByScore()
    {
        ScoredQueries scored = await ScoreAsync(Worlds.Team);

        IReadOnlyList<PilotTrial> trials = PilotTrials.Of(scored, new PilotTrainingOptions());

        Assert.Equal(24, trials.Count);
        Assert.Equal(trials.OrderByDescending(trial => Math.Round(trial.Score, 4)), trials);
        Assert.All(trials, trial => Assert.InRange(trial.Score, 0, 1));
    }

    [Fact]
    public async Task Report_Library_TellsWinsAndFloor()
    {
        ScoredQueries scored = await ScoreAsync(Worlds.Team);
        PilotLibrary library = PilotTraining.Fit(Worlds.Space, scored.Experts, scored.Samples, new PilotTrainingOptions());

        string text = PilotReport.Text(scored, library, []);

        Assert.Contains("domain", text, StringComparison.Ordinal);
        Assert.Contains("air", text, StringComparison.Ordinal);
        Assert.Contains("Floor: none", text, StringComparison.Ordinal);
        Assert.Contains("cosine 0.500", PilotReport.Text(scored, library.WithFloor(0.5), []), StringComparison.Ordinal);
    }
}
