using Orchestrator.Jobs.Planning;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Jobs.Tests.Planning;

public sealed class PanelCallsTests
{
    [Fact]
    public void Places_AggregatorThatAsksThePanelItself_AreNone()
    {
        var plan = new PlanFacts { Policy = "p", Panel = ["a", "b"], Weights = [1, 1], Aggregator = "mixture-of-thoughts" };

        Assert.Empty(PanelCalls.Places(plan));
        Assert.Equal([("a", 0)], PanelCalls.Places(plan with { Panel = ["a"] }));
    }

    [Theory]
    [InlineData("a b c", false, "a0 b0 c0")]
    [InlineData("a b a", false, "a0 b0 a1")]
    [InlineData("a a a", false, "a0 a1 a2")]
    [InlineData("a b a", true, "a0 b0 a0")]
    public void Places_Panel_SamplesRepeatedExpertsUnlessTheyAreGreedy(string panel, bool greedy, string expected)
    {
        var plan = new PlanFacts { Policy = "p", Panel = panel.Split(' '), Weights = [], Greedy = greedy };

        Assert.Equal(expected, string.Join(' ', PanelCalls.Places(plan).Select(place => $"{place.Expert}{place.Sample}")));
    }
}
