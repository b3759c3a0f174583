using Orchestrator.Router.Embedding;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Tests.Strategies;

public sealed class TryageStrategyTests
{
    static readonly Profile Known = new(
        Profiles.Table, QuestionSpace.Lsa([.. Profiles.Table.Rows.Select(row => row.Question)]),
        new Dictionary<string, ExpertFacts>
        {
            ["abacus"] = new() { ActiveParameters = 9_000_000, Licence = "mit" },
            ["novice"] = new() { ActiveParameters = 1_000_000, Licence = "Apache-2.0" },
        });

    [Fact]
    public void Rank_NothingWished_IsByExpectation() => Assert.Equal("abacus", Rank(new RouteWishes()).Ranked[0].Expert);

    [Fact]
    public void Rank_SmallWished_TakesTheSmaller()
    {
        Ranking ranking = Rank(new RouteWishes { Size = 5 });

        Assert.Equal("novice", ranking.Ranked[0].Expert);
        Assert.Contains("weighed with size at 5", ranking.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_SizeUnknown_IsChargedTheMeanAndNotZero()
    {
        Ranking ranking = Rank(new RouteWishes { Size = 5 });

        // Free of charge, cipher would come before novice: it is charged half of the spread.
        Assert.Equal(["novice", "cipher", "abacus"], ranking.Ranked.Select(expert => expert.Expert));
    }

    [Fact]
    public void Rank_Licence_LeavesOutOthersAndUnknown()
    {
        Ranking ranking = Rank(new RouteWishes { Licences = ["apache-2.0"] });

        Assert.Equal("novice", ranking.Ranked[0].Expert);
        Assert.Contains("Only 1 of 3 experts are known to have the licence apache-2.0.", ranking.Reasons);
    }

    [Fact]
    public void Rank_LicenceNobodyHas_ConsidersAllAndSaysSo()
    {
        Ranking ranking = Rank(new RouteWishes { Licences = ["gpl"] });

        Assert.Equal("abacus", ranking.Ranked[0].Expert);
        Assert.Contains("No expert is known to have the licence gpl, so all were considered.", ranking.Reasons);
    }

    static Ranking Rank(RouteWishes wishes) => new TryageStrategy(Known, new TryageOptions())
        .Rank(Known.Features(new RouteQuestion("What is 34 + 71?") { Wishes = wishes }), Profiles.All);
}
