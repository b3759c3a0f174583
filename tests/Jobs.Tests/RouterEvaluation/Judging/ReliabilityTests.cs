using Orchestrator.Jobs.RouterEvaluation.Judging;

namespace Orchestrator.Jobs.Tests.RouterEvaluation.Judging;

public sealed class ReliabilityTests
{
    [Fact]
    public void Of_TwoBins_WeighsTheirErrorsByQuestions()
    {
        Reliability reliability = Reliability.Of([(0.92, 1), (0.98, 0), (1, 1), (0.25, 0.25)]);

        Assert.Equal([1, 3], reliability.Bins.Select(bin => bin.Count));
        Assert.Equal(0.75 * ((0.92 + 0.98 + 1) / 3 - 2.0 / 3), reliability.Error, 9);
    }
}
