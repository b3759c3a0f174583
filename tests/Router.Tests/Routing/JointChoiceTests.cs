using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Tests.Routing;

public sealed class JointChoiceTests
{
    static readonly RankedExpert[] Ranked = [new("best", 0.9, 10), new("good", 0.6, 10), new("poor", 0.1, 10)];

    static readonly Dictionary<string, TimeSpan> Waits = new()
    {
        ["best"] = TimeSpan.FromSeconds(2),
        ["good"] = TimeSpan.Zero,
        ["poor"] = TimeSpan.Zero,
    };

    [Theory]
    [InlineData(1.0, "best", "good", "poor")]
    [InlineData(0.7, "best", "good", "poor")] // 0.3 of quality against half of 0.3/0.7.
    [InlineData(0.5, "good", "best", "poor")] // The same against 0.5.
    [InlineData(0.0, "good", "poor", "best")]
    public void Rank_Weight_TradesScoreAgainstWait(double weight, params string[] expected) =>
        Assert.Equal(expected, JointChoice.Rank(Ranked, Waits, weight).Ranked.Select(expert => expert.Expert));

    [Fact]
    public void Rank_OrderUnchanged_GivesNoReason() => Assert.Null(JointChoice.Rank(Ranked, Waits, 0.7).Reason);

    [Fact]
    public void Rank_AnotherIsFirst_SaysWhy() => Assert.Equal(
        "good (0.60, ready in 0.0 s) goes before best (0.90, 2.0 s) at quality weight 0.5.",
        JointChoice.Rank(Ranked, Waits, 0.5).Reason);

    [Fact]
    public void Rank_NobodyWaits_KeepsTheOrder() =>
        Assert.Equal(Ranked, JointChoice.Rank(Ranked, new Dictionary<string, TimeSpan>(), 0.1).Ranked);
}
