using Orchestrator.Router.Skills;

namespace Orchestrator.Router.Tests.Skills;

public sealed class WeightedDrawTests
{
    static readonly (string, double)[] Pool = [("a", 0.5), ("b", 0.3), ("c", 0.2), ("never", 0)];

    /// <summary>First: 0.5, 0.3, 0.2. After a, the rest shares its half: 0.5 · 0.3/0.5 = 0.3 of all begin with a, b.</summary>
    [Fact]
    public void Draw_ManyQuestions_IsInProportionToTheWeightsLeft()
    {
        var draws = Enumerable.Range(0, 4000).Select(i => string.Concat(WeightedDraw.Draw(Pool, 2, $"Question {i}", 0))).ToList();

        Assert.InRange(draws.Count(draw => draw[0] == 'a'), 1880, 2120);
        Assert.InRange(draws.Count(draw => draw[0] == 'b'), 1090, 1310);
        Assert.InRange(draws.Count(draw => draw == "ab"), 1090, 1310);
        Assert.All(draws, draw => Assert.Equal(2, draw.Distinct().Count()));
    }

    [Fact]
    public void Draw_MoreThanThereAre_GivesAllWithAWeight() =>
        Assert.Equal(["a", "b", "c"], WeightedDraw.Draw(Pool, 9, "?", 0).Order());

    [Fact]
    public void Draw_OneExpertLess_LeavesTheOthersInTheirOrder()
    {
        for (int i = 0; i < 100; i++)
        {
            var all = WeightedDraw.Draw(Pool, 3, $"{i}", 0).Where(expert => expert != "b");

            Assert.Equal(all, WeightedDraw.Draw(Pool.Where(entry => entry.Item1 != "b"), 3, $"{i}", 0));
        }
    }

    [Fact]
    public void Draw_OtherSeed_DrawsOtherwise() =>
        Assert.Contains(Enumerable.Range(0, 50), i =>
            WeightedDraw.Draw(Pool, 1, $"{i}", 0).Single() != WeightedDraw.Draw(Pool, 1, $"{i}", 1).Single());

    [Fact]
    public void DrawRepeatedly_ManyQuestions_IsInProportionAtEveryPlaceAndIndependent()
    {
        var draws = Enumerable.Range(0, 4000)
            .Select(i => string.Concat(WeightedDraw.DrawRepeatedly(Pool, 2, $"Question {i}", 0))).ToList();

        Assert.InRange(draws.Count(draw => draw[0] == 'a'), 1880, 2120);
        Assert.InRange(draws.Count(draw => draw[1] == 'a'), 1880, 2120);
        // 0.5 of 0.5, 0.3 of 0.3.
        Assert.InRange(draws.Count(draw => draw == "aa"), 890, 1110);
        Assert.InRange(draws.Count(draw => draw == "bb"), 290, 430);
    }

    [Fact]
    public void DrawRepeatedly_OneExpert_IsDrawnEveryTime() =>
        Assert.Equal(["a", "a", "a"], WeightedDraw.DrawRepeatedly([("a", 0.1), ("never", 0)], 3, "?", 0));
}
