using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Tests.Strategies;

public sealed class BestSingleStrategyTests
{
    [Theory]
    [InlineData("What is 3 + 4?")]
    [InlineData("Reverse the word ZEBU.")]
    public void Rank_AnyQuestion_OrdersByMeanThenId(string question)
    {
        var strategy = new BestSingleStrategy(Profiles.Small);

        Ranking ranking = strategy.Rank(Profiles.Small.Features(question), Profiles.All);

        Assert.Equal(["abacus", "cipher", "novice"], ranking.Ranked.Select(expert => expert.Expert));
        Assert.Equal(0.45, ranking.Confidence, 9);
        Assert.Equal("abacus has the highest mean over all profiled questions: 0.45 over 120.", ranking.Reasons[0]);
    }
}
