using Orchestrator.Jobs.RouterEvaluation.Judging;

namespace Orchestrator.Jobs.Tests.RouterEvaluation.Judging;

public sealed class CostCurveTests
{
    [Fact]
    public void Area_TwoPoints_IsTheMeanHeightBetweenThem() =>
        Assert.Equal(0.5, CostCurve.Area([new(3, 0.8), new(1, 0.2)], 1, 3)!.Value, 9);

    [Fact]
    public void Area_BeyondThePoints_IsLevel() =>
        Assert.Equal((0.2 + 0.5 + 0.8) / 3, CostCurve.Area([new(1, 0.2), new(2, 0.8)], 0, 3)!.Value, 9);

    [Fact]
    public void Area_SameCostTwice_TakesTheBetter() => Assert.Equal(0.6, CostCurve.Area([new(1, 0.2), new(1, 0.6)], 1, 3)!.Value, 9);

    [Fact]
    public void Area_PointsOutsideTheRange_AreCutOff() =>
        Assert.Equal(0.5, CostCurve.Area([new(0, 0), new(10, 1)], 4, 6)!.Value, 9);

    [Fact]
    public void Area_NothingToTrade_IsNone()
    {
        Assert.Null(CostCurve.Area([], 0, 1));
        Assert.Null(CostCurve.Area([new(1, 1)], 1, 1));
    }
}
