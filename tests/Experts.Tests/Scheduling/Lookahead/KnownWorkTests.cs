using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Memory;
using Orchestrator.Experts.Scheduling;
using Orchestrator.Experts.Scheduling.Lookahead;

namespace Orchestrator.Experts.Tests.Scheduling.Lookahead;

public sealed class KnownWorkTests
{
    [Fact]
    public void Problem_AdaptersOfOneBase_KnowItsBytesOnceAndTheirOwn()
    {
        var (state, _) = Pool(1000);
        var problem = KnownWork.Problem([WorkGroup.Of("one", 1), WorkGroup.Of("alone", 1), WorkGroup.Of("two", 1)], state);

        Assert.Equal([(10, 0), (300, -1), (20, 0)], problem.Experts.Select(e => ((int)e.Bytes, e.Base)));
        Assert.Equal(400, Assert.Single(problem.Bases).Bytes);
        // An expected load reads at one pace, so that its parts add up to the whole.
        Assert.Equal(410e-9, problem.Experts[0].LoadSeconds + problem.Bases[0].LoadSeconds, 15);
    }

    [Fact]
    public void Problem_BaseIsResidentForAnExpertThatIsNotAsked_CountsAsThere()
    {
        var (state, experts) = Pool(1000);
        experts["two"].Slots[0].Phase = SlotPhase.Resident;
        experts["alone"].Slots[0].Phase = SlotPhase.Resident;
        var problem = KnownWork.Problem([WorkGroup.Of("one", 1)], state);

        Assert.Equal((2, 1), (problem.Experts.Count, Assert.Single(problem.Resident)));
        Assert.Equal(problem.Experts[0].LoadSeconds, LookaheadOrder.Plan(problem).LoadSeconds, 15);
    }

    [Fact]
    public void Order_AdaptersWithAnotherBetweenThem_RunsThemTogether()
    {
        // Room for the base with both adapters, or for the other expert.
        var (state, _) = Pool(440);
        string[] work = ["one", "alone", "two"];
        var order = KnownWork.Order([.. work.Select(id => WorkGroup.Of(id, 1))], state).Select(g => work[g]).ToList();

        Assert.Equal(1, Math.Abs(order.IndexOf("one") - order.IndexOf("two")));
    }

    [Fact]
    public void Order_ExpertLargerThanTheBudget_StaysAsGiven()
    {
        var (state, _) = Pool(200);

        Assert.Equal([0, 1], KnownWork.Order([WorkGroup.Of("alone", 1), WorkGroup.Of("one", 1)], state));
    }

    /// <summary>Two adapters over a base of 400, and a model of 300 by itself.</summary>
    static (PublishedState State, Dictionary<string, SchedulerExpert> Experts) Pool(long budget)
    {
        var scheduler = new Scheduler(new SchedulerConfig(), new MemoryBudgets(budget, 0, 0));
        var weights = new SharedWeights(400);
        foreach (var (id, own, shared) in new[] { ("one", 10, weights), ("two", 20, weights), ("alone", 300, null) })
            scheduler.Add(SchedulerSimulation.Expert(new ExpertConfig { Id = id, File = id }, own, shared));
        return (PublishedState.Of(scheduler, PublishedState.Empty, 0), scheduler.Experts.ToDictionary(e => e.Id));
    }
}
