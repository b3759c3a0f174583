using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Tests.Learning;

public sealed class ExpectedCalibrationTests
{
    static readonly (double, double)[] Pairs = [(0.1, 0), (0.15, 1), (0.2, 0), (0.9, 1)];

    [Fact]
    public void EqualWidth_TwoBins_WeighsThemByTheirPairs() =>
        Assert.Equal(0.75 * Math.Abs(0.15 - 1 / 3.0) + 0.25 * 0.1, ExpectedCalibration.EqualWidth(Pairs, 2), 1e-12);

    [Fact]
    public void EqualMass_TwoBins_HoldAsManyPairs()
    {
        Assert.Equal([2, 2], ExpectedCalibration.EqualMassBins(Pairs, 2).Select(bin => bin.Count));
        Assert.Equal(0.5 * Math.Abs(0.125 - 0.5) + 0.5 * Math.Abs(0.55 - 0.5), ExpectedCalibration.EqualMass(Pairs, 2), 1e-12);
    }

    [Fact]
    public void EqualMass_MoreBinsThanPairs_IsTheMeanDistance() =>
        Assert.Equal((0.1 + 0.85 + 0.2 + 0.1) / 4, ExpectedCalibration.EqualMass(Pairs, 10), 1e-12);

    [Fact]
    public void EqualWidth_CertainAndRight_IsZero() => Assert.Equal(0, ExpectedCalibration.EqualWidth([(1, 1), (0, 0)]));

    [Fact]
    public void Brier_Pairs_IsTheMeanSquare() =>
        Assert.Equal((0.01 + 0.7225 + 0.04 + 0.01) / 4, ExpectedCalibration.Brier(Pairs), 1e-12);

    [Fact]
    public void EqualMass_OutsideItsRange_Throws()
    {
        Assert.Throws<ArgumentException>(() => ExpectedCalibration.EqualMass([(1.2, 1)]));
        Assert.Throws<ArgumentException>(() => ExpectedCalibration.EqualMass([(double.NaN, 1)]));
        Assert.Throws<ArgumentException>(() => ExpectedCalibration.Brier([]));
    }
}
