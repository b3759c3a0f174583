using Orchestrator.Jobs.Aggregation;

namespace Orchestrator.Jobs.Tests.Aggregation;

public sealed class WilsonIntervalTests
{
    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(50, 100, 0.4038, 0.5962)]
    [InlineData(8, 10, 0.4902, 0.9433)]
    public void Of_Counts_AreThePublishedEnds(int right, int items, double low, double high)
    {
        (double actualLow, double actualHigh) = WilsonInterval.Of(right, items);

        Assert.Equal(low, actualLow, 0.0001);
        Assert.Equal(high, actualHigh, 0.0001);
    }
}
