using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Tests.Strategies;

public sealed class KernelRidgeStrategyTests
{
    readonly ScoringStrategy _strategy =
        ScoringStrategy.Calibrated(Profiles.Small, part => new KernelRidgeStrategy(part, new KernelRidgeOptions()));

    [Theory]
    [InlineData("What is 34 + 71?", "abacus")]
    [InlineData("Reverse the word ZEBU.", "cipher")]
    public void Rank_Question_PutsItsOwnerFirst(string question, string owner)
    {
        Ranking ranking = _strategy.Rank(Profiles.Small.Features(question), Profiles.All);

        Assert.Equal(owner, ranking.Ranked[0].Expert);
        Assert.InRange(ranking.Ranked[0].Score, 0.7, 1);
        Assert.InRange(ranking.Confidence, 0.75, 0.97);
        Assert.Contains($"{owner} is expected to score", ranking.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_OwnerNotAvailable_NeverNamesIt()
    {
        Ranking ranking = _strategy.Rank(Profiles.Small.Features("What is 34 + 71?"), new HashSet<string> { "cipher", "novice" });

        Assert.Equal(["novice", "cipher"], ranking.Ranked.Select(expert => expert.Expert));
        Assert.DoesNotContain(ranking.Reasons, reason => reason.Contains("abacus", StringComparison.Ordinal));
    }

    [Fact]
    public void Rank_Score_StaysWithinRange()
    {
        var bold = new KernelRidgeStrategy(Profiles.Small, new KernelRidgeOptions { Penalty = 1e-4, Sharpness = 10 });

        foreach (OutcomeRow row in Profiles.Table.Rows)
        {
            Ranking ranking = bold.Rank(Profiles.Small.Features(row.Question + " now"), Profiles.All);
            Assert.All(ranking.Ranked, expert => Assert.InRange(expert.Score, 0, 1));
            Assert.InRange(ranking.Confidence, 0, 1);
        }
    }
}
