using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Tests.Strategies;

public sealed class RandomStrategyTests
{
    [Fact]
    public void Rank_SameQuestion_IsReproducible()
    {
        Ranking first = Rank("What is 3 + 4?", 1), second = Rank("What is 3 + 4?", 1);

        Assert.Equal(first.Ranked, second.Ranked);
        Assert.Contains("(seed 1)", first.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_ManyQuestions_DrawsAboutEvenly()
    {
        var counts = Enumerable.Range(0, 900).CountBy(i => Rank($"Question {i}", 0).Ranked[0].Expert).ToDictionary();

        Assert.All(Profiles.All, expert => Assert.InRange(counts[expert], 240, 360));
    }

    [Fact]
    public void Rank_OtherSeed_DrawsOtherwise() =>
        Assert.Contains(Enumerable.Range(0, 50), i => Rank($"{i}", 0).Ranked[0].Expert != Rank($"{i}", 1).Ranked[0].Expert);

    static Ranking Rank(string question, int seed) =>
        new RandomStrategy(Profiles.Small, new RandomOptions { Seed = seed })
            .Rank(Profiles.Small.Features(question), Profiles.All);
}
