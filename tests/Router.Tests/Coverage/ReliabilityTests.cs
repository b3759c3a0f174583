using Orchestrator.Router.Coverage;

namespace Orchestrator.Router.Tests.Coverage;

public sealed class ReliabilityTests
{
    [Fact]
    public void Of_FewQuestions_IsDrawnTowardTheOverallMean()
    {
        Reliability few = Reliability.Of(sum: 2, count: 2, overall: 0.5, prior: 8, deviations: 1.645);

        Assert.Equal(0.6, few.Mean, 12);
        Assert.Equal(2, few.Count);
    }

    [Fact]
    public void Of_MoreQuestions_DrawsTheBoundsTogether()
    {
        Reliability few = Reliability.Of(8, 10, 0.8, 8, 1.645), many = Reliability.Of(800, 1000, 0.8, 8, 1.645);

        Assert.Equal(few.Mean, many.Mean, 12);
        Assert.True(few.Lower < many.Lower && many.Lower < many.Mean);
        Assert.True(many.Upper < few.Upper && few.Upper < 1);
    }

    /// <summary>Wilson's interval for 8 of 10 at 1.96 is known: 0.490 to 0.943.</summary>
    [Fact]
    public void Of_WithoutAPrior_IsWilsonsInterval()
    {
        Reliability cell = Reliability.Of(8, 10, double.NaN, prior: 0, deviations: 1.96);

        Assert.Equal(0.490, cell.Lower, 3);
        Assert.Equal(0.943, cell.Upper, 3);
    }

    [Fact]
    public void Of_ExpertThatWasNeverAsked_IsUnknown()
    {
        Reliability cell = Reliability.Of(0, 0, double.NaN, 8, 1.645);

        Assert.True(double.IsNaN(cell.Mean));
        Assert.Equal((0, 1), (cell.Lower, cell.Upper));
    }
}
