using Orchestrator.Experts.Embedding;
using Orchestrator.Jobs.Retrieval;
using Orchestrator.Jobs.Retrieval.Searching;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Jobs.Tests.Retrieval.Searching;

public sealed class CorpusSearchTests
{
    static CorpusSearch Search(EmbeddingTeam team) => new(team, new PlainDocuments(), new ManualTime());

    [Fact]
    public async Task RunAsync_Experts_FindWhatTheyKnow()
    {
        CorpusRuns runs = await Search(Worlds.Team).RunAsync(Worlds.Air, Worlds.Team.All, null, default);

        Assert.Equal(["air-expert", "base", "body-expert", "multitask"], runs.Experts.Keys.Order(StringComparer.Ordinal));
        Assert.All(runs.Experts["air-expert"], run => Assert.Equal(1, run.Scores.Ndcg));
        Assert.True(runs.Experts["body-expert"].Average(run => run.Scores.Ndcg) < 1);
        Assert.All(runs.Words, run => Assert.Equal(1, run.Scores.Ndcg));
        Assert.Equal(3, runs.BaseVectors.Count);
    }

    [Fact]
    public async Task RunAsync_EmptyDocument_IsNeverEmbeddedAndRanksLast()
    {
        var expert = new FakeEmbeddingExpert("base", "s", false, "wing", "flow", "shock");
        var team = new EmbeddingTeam([expert], "base", []);

        CorpusRuns runs = await Search(team).RunAsync(Worlds.Air, team.All, null, default);

        Assert.DoesNotContain(expert.Calls, call => call.Side == EmbeddedSide.Document && call.Texts.Contains(""));
        Assert.All(runs.Experts["base"], run => Assert.Equal(3, run.Ranking[^1]));
    }

    [Fact]
    public async Task RunAsync_OtherSpace_EmbedsItsOwnDocuments()
    {
        var multiTask = new FakeEmbeddingExpert("multitask", "other", false, "wing");
        var adapter = new FakeEmbeddingExpert("air-expert", "s", true, "wing");
        var team = new EmbeddingTeam([new FakeEmbeddingExpert("base", "s", false, "wing"), adapter, multiTask], "base", ["multitask"]);

        await Search(team).RunAsync(Worlds.Air, team.All, null, default);

        Assert.Contains(multiTask.Calls, call => call.Side == EmbeddedSide.Document);
        Assert.DoesNotContain(adapter.Calls, call => call.Side == EmbeddedSide.Document);
    }

    [Fact]
    public void Team_Roles_AreTheBaseFirstAndOutsidersBeside()
    {
        Assert.Equal(["base", "air-expert", "body-expert"], Worlds.Team.Routed.Select(expert => expert.Id));
        Assert.Equal(["multitask"], Worlds.Team.Beside.Select(expert => expert.Id));
    }

    [Fact]
    public void Team_OutsiderOfTheSameSpace_IsNotRouted()
    {
        var team = new EmbeddingTeam([new FakeEmbeddingExpert("base", "s", false), new FakeEmbeddingExpert("multitask", "s", true)], "base", ["multitask"]);

        Assert.Equal(["base"], team.Routed.Select(expert => expert.Id));
    }

    [Fact]
    public void Team_WithoutItsDocuments_SaysWhoIsMissing()
    {
        var lost = new FakeEmbeddingExpert("law", "elsewhere", true);

        Assert.Contains("'nobody'", Assert.Throws<RetrievalException>(() => new EmbeddingTeam([Worlds.Base], "nobody", [])).Message, StringComparison.Ordinal);
        Assert.Contains("elsewhere", Assert.Throws<RetrievalException>(() => new EmbeddingTeam([Worlds.Base, lost], "base", [])).Message, StringComparison.Ordinal);
        Assert.Contains("queries only", Assert.Throws<RetrievalException>(() => new EmbeddingTeam([lost], "law", [])).Message, StringComparison.Ordinal);
    }
}
