using Orchestrator.Router.Evidence;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Tests.Evidence;

public sealed class CascadeTests
{
    static readonly RankedExpert[] Ranked = [new("a", 0.8, 9), new("b", 0.6, 9), new("c", 0.4, 9)];

    static readonly Cascade Cascade = new(EvidenceSamples.Model(), threshold: 0.7);

    [Fact]
    public void Next_NothingHeard_AsksTheBestRanked()
    {
        CascadeStep step = Cascade.Next(Ranked, [], most: 3);

        Assert.Equal(("a", false), (step.Expert, step.Done));
    }

    [Fact]
    public void Next_SureAnswer_IsBelieved()
    {
        CascadeStep step = Cascade.Next(Ranked, [EvidenceSamples.Heard("a", -0.003)], most: 3);

        Assert.Equal(("a", true), (step.Expert, step.Done));
        Assert.InRange(step.Belief, 0.7, 1);
        Assert.Contains("0.00 nats", step.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Next_DoubtfulAnswer_AsksTheNextAndSaysWhy()
    {
        CascadeStep step = Cascade.Next(Ranked, [EvidenceSamples.Heard("a", -3)], most: 3);

        Assert.Equal(("b", false), (step.Expert, step.Done));
        Assert.Contains("-3.00 nats", step.Reasons[0], StringComparison.Ordinal);
        Assert.Contains("b is asked too", step.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Next_AllDoubtful_BelievesTheLeastDoubtful()
    {
        CascadeStep step = Cascade.Next(
            Ranked, [EvidenceSamples.Heard("a", -4), EvidenceSamples.Heard("b", -0.6), EvidenceSamples.Heard("c", -4)], most: 3);

        Assert.Equal(("b", true), (step.Expert, step.Done));
        Assert.Contains("No answer reached 0.70", step.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Next_MostAsked_AsksNobodyElse()
    {
        CascadeStep step = Cascade.Next(Ranked, [EvidenceSamples.Heard("a", -4), EvidenceSamples.Heard("b", -5)], most: 2);

        Assert.Equal(("a", true), (step.Expert, step.Done));
    }

    [Fact]
    public void Next_ExpertWithoutAnswer_IsPassedOver()
    {
        Assert.Equal("b", Cascade.Next(Ranked, [EvidenceSamples.Heard("a", null)], most: 3).Expert);
        CascadeStep nobody = Cascade.Next(
            Ranked, [EvidenceSamples.Heard("a", null), EvidenceSamples.Heard("b", null), EvidenceSamples.Heard("c", null)], most: 5);
        Assert.Equal((null, true), (nobody.Expert, nobody.Done));
    }
}
