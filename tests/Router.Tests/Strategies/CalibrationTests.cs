using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Tests.Strategies;

public sealed class CalibrationTests
{
    [Fact]
    public void At_OverconfidentExpectations_GivesWhatCameTrue()
    {
        // Expected 0.9, right 6 of 10 times; expected 0.3, right 1 of 10 times.
        var pairs = Enumerable.Range(0, 1000).Select(i => i < 500
            ? (0.9, i % 10 < 6 ? 1.0 : 0)
            : (0.3, i % 10 < 1 ? 1.0 : 0)).ToArray();

        Calibration calibration = Calibration.Fit(pairs);

        Assert.Equal(0.6, calibration.At(0.9), 2);
        Assert.Equal(0.1, calibration.At(0.3), 2);
        Assert.Equal(0.35, calibration.At(0.6), 2);
    }

    [Fact]
    public void At_RisingExpectation_NeverFalls()
    {
        var random = new Random(5);
        var pairs = Enumerable.Range(0, 500).Select(_ => random.NextDouble())
            .Select(expected => (expected, random.NextDouble() < expected ? 1.0 : 0)).ToArray();

        Calibration calibration = Calibration.Fit(pairs);

        double[] curve = [.. Enumerable.Range(-10, 121).Select(percent => calibration.At(percent / 100.0))];
        Assert.Equal(curve.Order(), curve);
        Assert.All(curve, value => Assert.InRange(value, 0, 1));
        Assert.InRange(calibration.At(0.5), 0.35, 0.65);
    }

    [Fact]
    public void At_FewLuckyQuestions_IsNoCertainty()
    {
        var pairs = Enumerable.Range(0, 20).Select(_ => (0.99, 1.0)).Concat(Enumerable.Range(0, 20).Select(_ => (0.1, 0.0)));

        Assert.InRange(Calibration.Fit([.. pairs]).At(0.99), 0.9, 0.99);
    }

    [Fact]
    public void At_NothingFitted_IsZero() => Assert.Equal(0, Calibration.Fit([]).At(0.5));
}
