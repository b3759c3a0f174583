using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Tests.Strategies;

public sealed class NearestStrategyTests
{
    readonly ScoringStrategy _strategy =
        ScoringStrategy.Calibrated(Profiles.Small, part => new NearestStrategy(part, new NearestOptions()));

    [Theory]
    [InlineData("What is 34 + 71?", "abacus")]
    [InlineData("Reverse the word ZEBU.", "cipher")]
    public void Rank_Question_PutsItsOwnerFirst(string question, string owner)
    {
        Ranking ranking = _strategy.Rank(Profiles.Small.Features(question), Profiles.All);

        Assert.Equal(owner, ranking.Ranked[0].Expert);
        Assert.InRange(ranking.Ranked[0].Score, 0.75, 1);
        Assert.Equal(3, ranking.Ranked.Count);
    }

    [Fact]
    public void Rank_OwnerNotAvailable_NeverNamesIt()
    {
        Ranking ranking = _strategy.Rank(Profiles.Small.Features("What is 34 + 71?"), new HashSet<string> { "cipher", "novice" });

        Assert.Equal(["novice", "cipher"], ranking.Ranked.Select(expert => expert.Expert));
        Assert.DoesNotContain(ranking.Reasons, reason => reason.Contains("abacus", StringComparison.Ordinal));
    }

    [Fact]
    public void Rank_Question_SaysHowManyOfWhichNeighboursWereRight()
    {
        var strategy = new NearestStrategy(Profiles.Small, new NearestOptions { Neighbours = 10 });

        Ranking ranking = strategy.Rank(Profiles.Small.Features("What is 10 + 11?"), Profiles.All);

        Assert.Matches(
            @"^\d+ of the 10 nearest profiled questions were answered right by abacus \(\d\.\d\d expected\); " +
            @"nearest: 'What is 10 \+ 11\?' at distance 0\.00\.$",
            ranking.Reasons[0]);
    }

    [Fact]
    public void Rank_NothingAlike_EndsNearTheMeans()
    {
        var strategy = new NearestStrategy(Profiles.Small, new NearestOptions { Sharpness = 100 });

        Ranking ranking = strategy.Rank(Profiles.Small.Features("qqq zzz jjj"), Profiles.All);

        Assert.All(ranking.Ranked, expert =>
            Assert.Equal(Profiles.Small.Means[Profiles.Small.ColumnOf(expert.Expert)], expert.Score, 3));
    }

    [Fact]
    public void Rank_EqualExperts_AreInTheOrderOfTheirIds()
    {
        OutcomeRow[] rows =
        [
            .. Enumerable.Range(0, 5)
                .Select(i => new OutcomeRow($"{i}", $"Question {i}", [], [new Outcome(1, 1), new Outcome(1, 1)])),
        ];
        Profile profile = Profiles.Of(new OutcomeTable("", ["zeta", "alpha"], rows));
        var strategy = new NearestStrategy(profile, new NearestOptions());

        Ranking ranking = strategy.Rank(profile.Features("Question 9"), new HashSet<string> { "zeta", "alpha" });

        Assert.Equal(["alpha", "zeta"], ranking.Ranked.Select(expert => expert.Expert));
    }

    [Fact]
    public void Rank_MissingOutcomes_CountNeitherWay()
    {
        OutcomeRow[] rows =
        [
            .. Profiles.Table.Rows.Select((row, i) =>
                i % 3 == 0 ? row : row with { Outcomes = [row.Outcomes[0], row.Outcomes[1], null] }),
        ];
        Profile profile = Profiles.Of(new OutcomeTable("", Profiles.Table.Experts, rows));
        var strategy = new NearestStrategy(profile, new NearestOptions { Neighbours = 30 });

        Ranking ranking = strategy.Rank(profile.Features("What is 34 + 71?"), Profiles.All);

        Assert.Equal("abacus", ranking.Ranked[0].Expert);
        Assert.InRange(ranking.Ranked[0].Support, 1, 15);
        Assert.InRange(ranking.Ranked[0].Score, 0.75, 1);
    }

    [Fact]
    public void Rank_Confidence_IsWhatCameTrueOfSuchQuestions()
    {
        Ranking ranking = _strategy.Rank(Profiles.Small.Features("What is 34 + 71?"), Profiles.All);

        Assert.InRange(ranking.Confidence, 0.8, 0.97);
    }
}
