using Orchestrator.Router.Composition;

namespace Orchestrator.Router.Tests.Composition;

public sealed class ConstrainedLossTests
{
    static readonly double[] Losses = [0.1, 0.2, 0.3];

    [Fact]
    public void Rank_NoConstraints_IsTheLeastLoss() =>
        Assert.Equal([0, 1, 2], ConstrainedLoss.Rank(Losses, []).Select(choice => choice.Expert));

    [Theory]
    [InlineData(1)]
    [InlineData(1e9)]
    public void Rank_Constraint_DoesNotDependOnItsUnit(double unit)
    {
        var size = new RoutingConstraint("size", 0.4, [9 * unit, 5 * unit, 1 * unit]);

        IReadOnlyList<ConstrainedChoice> ranked = ConstrainedLoss.Rank(Losses, [size]);

        Assert.Equal([2, 1, 0], ranked.Select(choice => choice.Expert));
        Assert.Equal(0.3, ranked[0].Objective, 1e-12);
        Assert.Equal(0.2 + 0.4 * 0.5, ranked[1].Objective, 1e-12);
        Assert.Equal(0.1 + 0.4, ranked[2].Objective, 1e-12);
    }

    [Fact]
    public void Rank_UnknownValue_IsChargedThePoolsMean()
    {
        ConstrainedChoice first = ConstrainedLoss.Rank(Losses, [new RoutingConstraint("cost", 0.1, [null, 1, 3])])[0];

        Assert.Equal(0, first.Expert);
        Assert.Equal(0.1 + 0.1 * 0.5, first.Objective, 1e-12);
        Assert.Equal(["Its cost is unknown: it is charged the pool's mean."], first.Reasons);
    }

    [Fact]
    public void Rank_UnknownRequiredValue_ExcludesTheExpert()
    {
        ConstrainedChoice last = ConstrainedLoss.Rank(Losses, [new RoutingConstraint("cost", 0.1, [null, 1, 3], Required: true)])[^1];

        Assert.Equal(0, last.Expert);
        Assert.True(last.Excluded);
        Assert.Contains("required", last.Reasons[0]);
    }

    [Fact]
    public void Rank_AllTheSameOrUnknown_ChargesNothing()
    {
        RoutingConstraint[] constraints = [new("size", 1, [4, 4, 4]), new("cost", 1, [null, null, null])];

        Assert.Equal(Losses, ConstrainedLoss.Rank(Losses, constraints).Select(choice => choice.Objective));
    }

    [Fact]
    public void Rank_UnknownLoss_IsLast() => Assert.Equal([1, 0], ConstrainedLoss.Rank([double.NaN, 0.9], []).Select(choice => choice.Expert));

    [Fact]
    public void Rank_UnfitConstraint_Throws()
    {
        Assert.Throws<ArgumentException>(() => ConstrainedLoss.Rank(Losses, [new RoutingConstraint("cost", 1, [1])]));
        Assert.Throws<ArgumentException>(() => ConstrainedLoss.Rank(Losses, [new RoutingConstraint("cost", -1, [1, 2, 3])]));
    }
}
