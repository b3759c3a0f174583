using Orchestrator.Router.Coverage;

namespace Orchestrator.Router.Tests.Coverage;

public sealed class ReliabilityFloorTests
{
    [Fact]
    public void Of_GoodAndBadRegions_IsTheLeastBoundThatComesTrueOftenEnough()
    {
        (double, double)[] pairs =
        [
            .. Enumerable.Range(0, 50).Select(i => (0.1, i % 5 == 0 ? 1.0 : 0)),
            .. Enumerable.Range(0, 50).Select(i => (0.4, i % 5 == 0 ? 0.0 : 1)),
        ];

        Assert.Equal(0.4, ReliabilityFloor.Of(pairs, reliable: 0.5));
    }

    [Fact]
    public void Of_RegionsThatAreAllGood_IsZero() =>
        Assert.Equal(0, ReliabilityFloor.Of([.. Enumerable.Range(0, 50).Select(i => (0.3, i % 5 == 0 ? 0.0 : 1))], reliable: 0.5));

    [Fact]
    public void Of_RegionsThatAreAllBad_IsOutOfReach() =>
        Assert.True(ReliabilityFloor.Of([.. Enumerable.Range(0, 50).Select(i => (0.9, i % 5 == 0 ? 1.0 : 0))], reliable: 0.5) > 1);

    [Fact]
    public void Of_NothingKnown_IsZero() => Assert.Equal(0, ReliabilityFloor.Of([], reliable: 0.5));
}
