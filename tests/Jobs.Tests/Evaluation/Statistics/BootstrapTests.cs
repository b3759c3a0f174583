using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Jobs.Tests.Evaluation.Statistics;

public sealed class BootstrapTests
{
    static readonly BootstrapOptions Options = new() { Resamples = 2000 };

    [Fact]
    public void Mean_Coins_HasTheIntervalOfTheNormalApproximation()
    {
        // 100 of 400: standard error √(0.25 · 0.75 / 400) = 0.02165, so 0.25 ± 0.0424.
        Estimate mean = new Bootstrap([Scores(100, 400)], Options).Mean(0);

        Assert.Equal(0.25, mean.Value, 12);
        Assert.InRange(mean.Range.Low, 0.25 - 0.0424 - 0.006, 0.25 - 0.0424 + 0.006);
        Assert.InRange(mean.Range.High, 0.25 + 0.0424 - 0.006, 0.25 + 0.0424 + 0.006);
    }

    [Fact]
    public void OfGroups_UnevenGroups_CountAlikeAndAreResampledByThemselves()
    {
        var few = new Bootstrap([[1, 1], [0, 0]], Options);
        var many = new Bootstrap([Scores(100, 400), new double[400]], Options with { Seed = 2 });

        var both = Bootstrap.OfGroups([few, many]);

        Assert.Equal(0.625, both.Mean(0).Value, 12);
        Assert.Equal(0.5 + (many.Mean(0).Range.Low / 2), both.Mean(0).Range.Low, 12);
        Assert.Equal(0.625, both.Difference(0, 1).Value, 12);
        Assert.Throws<ArgumentException>(() => Bootstrap.OfGroups([few, new Bootstrap([[1]], Options)]));
    }

    [Fact]
    public void Mean_SameEverywhere_HasNoWidth() =>
        Assert.Equal(new Estimate(1, new Interval(1, 1)), new Bootstrap([[1, 1, 1]], Options).Mean(0));

    [Fact]
    public void Mean_SameSeed_IsTheSame()
    {
        double[] scores = [.. Enumerable.Range(0, 30).Select(i => Math.Sqrt(i))];
        Estimate With(int seed) => new Bootstrap([scores], Options with { Seed = seed }).Mean(0);

        Assert.Equal(With(3), With(3));
        Assert.NotEqual(With(3), With(4));
    }

    [Fact]
    public void Mean_LowerLevel_IsNarrower()
    {
        Interval wide = new Bootstrap([Scores(20, 60)], Options).Mean(0).Range;
        Interval narrow = new Bootstrap([Scores(20, 60)], Options with { Level = 0.5 }).Mean(0).Range;

        Assert.True(wide.Low < narrow.Low && narrow.High < wide.High);
    }

    [Fact]
    public void Difference_OneBetterOnTheSameQuestions_IsPaired()
    {
        // Two noisy columns that differ by a constant: their difference has no noise left.
        double[] low = [.. Scores(50, 100).Select(score => score / 2)];
        double[] high = [.. low.Select(score => score + 0.1)];

        Estimate gain = new Bootstrap([low, high], Options).Difference(1, 0);

        Assert.Equal(0.1, gain.Value, 12);
        Assert.Equal(0.1, gain.Range.Low, 9);
        Assert.Equal(0.1, gain.Range.High, 9);
    }

    [Fact]
    public void GapClosed_HalfWay_IsOneHalf()
    {
        double[] single = [.. Scores(0, 100)], oracle = [.. Scores(100, 100)], ours = [.. Scores(50, 100)];

        Estimate? gap = new Bootstrap([ours, single, oracle], Options).GapClosed(0, 1, 2);

        Assert.Equal(0.5, gap!.Value.Value, 12);
        Assert.InRange(gap.Value.Range.Low, 0.35, 0.45);
        Assert.InRange(gap.Value.Range.High, 0.55, 0.65);
    }

    [Fact]
    public void GapClosed_NothingToGain_IsNull()
    {
        Assert.Null(new Bootstrap([Scores(1, 4), Scores(2, 4), Scores(2, 4)], Options).GapClosed(0, 1, 2));
        Assert.Null(GapClosed.Of(0.9, 0.8, 0.8));
        Assert.Equal(-0.5, GapClosed.Of(0.4, 0.5, 0.7)!.Value, 12);
    }

    [Fact]
    public void Constructor_ColumnsOfDifferentLength_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new Bootstrap([[1, 0], [1]], Options));
        Assert.Throws<ArgumentException>(() => new Bootstrap([[]], Options));
        Assert.Throws<ArgumentException>(() => new Bootstrap([], Options));
    }

    static double[] Scores(int right, int count) => [.. Enumerable.Range(0, count).Select(i => i < right ? 1.0 : 0)];
}
