using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Tests.Strategies;

public sealed class TopPStrategyTests
{
    [Theory]
    [InlineData(0.0, 3, 1)]
    [InlineData(0.999999, 3, 3)]
    [InlineData(0.999999, 2, 2)]
    public void Rank_P_DecidesHowManyAreAskedUpToThePanel(double p, int panel, int asked)
    {
        // So warm that everybody has a share.
        Ranking ranking = new TopPStrategy(Profiles.Small, new TopPOptions { P = p, Temperature = 1 }, panel)
            .Rank(Profiles.Small.Features("What is 34 + 71?"), Profiles.All);

        Assert.Equal(ranking.Ranked.Take(asked).Select(expert => expert.Expert), ranking.Panel);
        Assert.Equal("abacus", ranking.Panel![0]);
    }

    [Fact]
    public void Rank_OneStandsOut_IsAskedAlone()
    {
        Ranking ranking = new TopPStrategy(Profiles.Small, new TopPOptions { Temperature = 0.001 }, 3)
            .Rank(Profiles.Small.Features("What is 34 + 71?"), Profiles.All);

        Assert.Equal(["abacus"], ranking.Panel!);
        Assert.Contains(ranking.Reasons, reason => reason.StartsWith("1 expert has 1.00", StringComparison.Ordinal));
    }
}
