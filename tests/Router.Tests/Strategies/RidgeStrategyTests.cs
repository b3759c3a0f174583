using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Tests.Strategies;

public sealed class RidgeStrategyTests
{
    readonly RidgeStrategy _strategy = new(Profiles.Small, new RidgeOptions());

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

    /// <summary>The closed form must be what really leaving the question out gives.</summary>
    [Fact]
    public void Expect_LeftOutQuestion_IsWhatAFitWithoutItExpects()
    {
        const int Row = 7;
        OutcomeRow left = Profiles.Table.Rows[Row];
        double expected = _strategy.Expect(Profiles.Small.LeftOut(Row))[1];

        // The embedding and the mean are those of the whole profile in both; only the outcome is withheld.
        Profile profile = Profiles.Small;
        int[] others = [.. Enumerable.Range(0, profile.Count).Where(row => row != Row)];
        var options = new RidgeOptions();
        double Kernel(int a, int b) =>
            Math.Exp(-options.Sharpness * (1 - profile.Similarities[a][b])) + (a == b ? options.Penalty : 0);
        var factor = new Cholesky([.. others.Select(a => others.Select(b => Kernel(a, b)).ToArray())]);
        double[] weights = factor.Solve(
            [.. others.Select(row => profile.Table.Rows[row].Outcomes[1]!.Value.Score - profile.Means[1])]);
        double refitted = profile.Means[1] + others.Select((row, i) => weights[i] * Kernel(row, Row)).Sum();

        Assert.NotNull(left.Outcomes[1]);
        Assert.Equal(refitted, expected, 6);
    }

    [Fact]
    public void Rank_Score_StaysWithinRange()
    {
        var bold = new RidgeStrategy(Profiles.Small, new RidgeOptions { Penalty = 1e-4, Sharpness = 10 });

        foreach (OutcomeRow row in Profiles.Table.Rows)
        {
            Ranking ranking = bold.Rank(Profiles.Small.Features(row.Question + " now"), Profiles.All);
            Assert.All(ranking.Ranked, expert => Assert.InRange(expert.Score, 0, 1));
            Assert.InRange(ranking.Confidence, 0, 1);
        }
    }
}
