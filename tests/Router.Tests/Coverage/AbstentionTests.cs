using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Coverage;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Tests.Coverage;

public sealed class AbstentionTests
{
    static readonly PolicyConfig Policy = new("p", "nearest", new Dictionary<string, string>(), 1) { Aggregator = "vote" };

    [Fact]
    public void Apply_CoveredPlan_StaysAsItIs()
    {
        RoutePlan plan = Plan(CoverageVerdict.Covered);

        Assert.Same(plan, Abstention.Apply(Policy with { Abstain = AbstainTo.Generalist, Generalist = "gen" }, plan));
    }

    [Fact]
    public void Apply_NovelWithoutAbstaining_RoutesAsEverAndShowsNoConfidence()
    {
        RoutePlan plan = Abstention.Apply(Policy, Plan(CoverageVerdict.Novel));

        Assert.Equal(["alg"], plan.Panel);
        Assert.Null(plan.Confidence);
        Assert.Equal(["because", "told"], plan.Reasons);
    }

    [Theory]
    [InlineData(CoverageVerdict.Novel, "nothing like the question was profiled")]
    [InlineData(CoverageVerdict.NoSpecialist, "nobody is reliable at such questions")]
    public void Apply_Generalist_AnswersAndTheFirstReasonSaysWhy(CoverageVerdict verdict, string cause)
    {
        RoutePlan plan = Abstention.Apply(Policy with { Abstain = AbstainTo.Generalist, Generalist = "gen" }, Plan(verdict));

        Assert.Equal(["gen"], plan.Panel);
        Assert.Equal($"The generalist gen answers instead of alg, because {cause}.", plan.Reasons[0]);
        Assert.Equal(verdict == CoverageVerdict.Novel ? null : 0.4, plan.Confidence);
        Assert.Equal(["alg", "geo", "gen"], plan.Ranked.Select(ranked => ranked.Expert));
    }

    [Fact]
    public void Apply_WrongSpecialist_IsToldButNoCause()
    {
        RoutePlan plan = Abstention.Apply(
            Policy with { Abstain = AbstainTo.Generalist, Generalist = "gen" }, Plan(CoverageVerdict.WrongSpecialist));

        Assert.Equal("alg", plan.Primary);
        Assert.Equal(["because", "told"], plan.Reasons);
        Assert.Equal(0.7, plan.Confidence);
    }

    [Fact]
    public void Apply_GeneralistThatIsAway_LeavesTheChoiceAndSaysSo()
    {
        RoutePlan plan = Abstention.Apply(
            Policy with { Abstain = AbstainTo.Generalist, Generalist = "away" }, Plan(CoverageVerdict.Novel));

        Assert.Equal("alg", plan.Primary);
        Assert.StartsWith("The generalist away is not available", plan.Reasons[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, new[] { "alg", "geo" })]
    [InlineData(9, new[] { "alg", "geo", "gen" })]
    public void Apply_Panel_IsWidenedByTheRanking(int wanted, string[] expected)
    {
        RoutePlan plan = Abstention.Apply(Policy with { Abstain = AbstainTo.Panel, AbstainPanel = wanted }, Plan(CoverageVerdict.Novel));

        Assert.Equal(expected, plan.Panel);
        Assert.Equal("vote", plan.Aggregator);
        Assert.StartsWith($"{expected.Length} experts are asked instead of 1", plan.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_PanelThatIsWideEnough_Stays()
    {
        RoutePlan wide = Plan(CoverageVerdict.Novel) with { Panel = ["alg", "alg", "geo"], Aggregator = "vote" };

        Assert.Equal(wide.Panel, Abstention.Apply(Policy with { Abstain = AbstainTo.Panel, AbstainPanel = 3 }, wide).Panel);
    }

    [Theory]
    [InlineData(0.7, "alg")]
    [InlineData(0.71, "gen")]
    public void Apply_ConfidenceBelowTheBound_IsACauseAsWell(double below, string primary)
    {
        PolicyConfig policy = Policy with { Abstain = AbstainTo.Generalist, Generalist = "gen", AbstainBelow = below };

        Assert.Equal(primary, Abstention.Apply(policy, Plan(CoverageVerdict.Covered)).Primary);
        Assert.Equal(primary, Abstention.Apply(policy, Plan(CoverageVerdict.Covered) with { Coverage = null }).Primary);
    }

    static RoutePlan Plan(CoverageVerdict verdict) => new()
    {
        Policy = "p",
        Strategy = "nearest",
        Ranked = [new("alg", 0.7, 9), new("geo", 0.5, 9), new("gen", 0.4, 9)],
        Panel = ["alg"],
        Confidence = 0.7,
        SupportDistance = 0.5,
        Coverage = new RouteCoverage(verdict, 3, 0.5, 0) { Claimed = 0.7, Reason = "told" },
        Reasons = ["because"],
    };
}
