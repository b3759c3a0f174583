using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Scheduling;

namespace Orchestrator.Experts.Tests.Scheduling;

/// <summary>Traffic that could leave somebody waiting for ever, or spend all time on loading.</summary>
public sealed class SchedulerStarvationTests
{
    static readonly SchedulerConfig Options = new() { MaxWait = TimeSpan.FromSeconds(10), BatchMaxWait = TimeSpan.FromSeconds(60) };

    [Fact]
    public void Run_SteadyHeavyTrafficOnOther_OneRequestIsGrantedSoonAfterItsBound()
    {
        var simulation = new SchedulerSimulation(100, Options);
        var (a, b) = (simulation.Add("a", 80), simulation.Add("b", 80));
        for (var i = 0; i < 2000; i++)
            simulation.Request(i * 0.1, a, 0.7);
        var lonely = simulation.Request(20, b);
        simulation.Run();

        simulation.CheckQuiescent();
        // Bound, service of what runs, unload and load.
        Assert.InRange(lonely.Waited.TotalSeconds, 1, 10 + 0.7 + 0.1 + 1 + 0.2);
    }

    [Fact]
    public void Run_BatchFloodOnOther_InteractiveDoesNotWaitForItsEnd()
    {
        var simulation = new SchedulerSimulation(100, Options);
        var (a, b) = (simulation.Add("a", 80), simulation.Add("b", 80));
        for (var i = 0; i < 400; i++)
            simulation.Request(0, a, 1, RequestClass.Batch);
        var interactive = simulation.Request(10, b);
        var same = simulation.Request(5, a);
        simulation.Run();

        simulation.CheckQuiescent();
        Assert.InRange(same.Waited.TotalSeconds, 0, 1);
        Assert.InRange(interactive.Waited.TotalSeconds, 1, 4);
    }

    [Fact]
    public void Run_InteractiveFlood_OldBatchRequestsAreGrantedAfterTheirBound()
    {
        var simulation = new SchedulerSimulation(100, Options);
        var (a, b) = (simulation.Add("a", 80), simulation.Add("b", 80));
        for (var i = 0; i < 3000; i++)
            simulation.Request(i * 0.1, a, 0.7);
        var here = simulation.Request(20, a, 1, RequestClass.Batch);
        var elsewhere = simulation.Request(20, b, 1, RequestClass.Batch);
        simulation.Run();

        simulation.CheckQuiescent();
        Assert.InRange(here.Waited.TotalSeconds, 0, 61);
        Assert.InRange(elsewhere.Waited.TotalSeconds, 1, 62.1);
    }

    [Fact]
    public void Run_AlternatingArrivalsAtAHighRate_AreGroupedIntoFewLoads()
    {
        var simulation = new SchedulerSimulation(100, Options);
        var (a, b) = (simulation.Add("a", 80), simulation.Add("b", 80));
        for (var i = 0; i < 1000; i++)
            simulation.Request(i * 0.1, i % 2 == 0 ? a : b, 0.2);
        simulation.Run();

        simulation.CheckQuiescent();
        Assert.All(simulation.Requests, r => Assert.True(r.Granted));
        // One by one it would be 1000: here at least ten requests share a load, and nobody waits long for it.
        Assert.InRange(simulation.Count("load a") + simulation.Count("load b"), 2, 100);
        Assert.All(simulation.Requests, r => Assert.InRange(r.Waited.TotalSeconds, 0, 5));
    }

    [Fact]
    public void Arrive_QueueBounds_RefuseWithoutDisturbingWhoWaits()
    {
        var simulation = new SchedulerSimulation(200, new SchedulerConfig { QueuePerExpert = 3, Queue = 5, BatchQueue = 2 });
        var (a, b) = (simulation.Add("a", 80, variant: 20), simulation.Add("b", 80));
        foreach (var tolerant in new[] { true, false, true, false })
            simulation.Request(0, a, tolerant: tolerant);
        for (var i = 0; i < 3; i++)
            simulation.Request(0, b);
        for (var i = 0; i < 3; i++)
            simulation.Request(0, b, 1, RequestClass.Batch);
        simulation.Run();

        simulation.CheckQuiescent();
        Assert.Equal(
            [true, true, true, false, true, true, false, true, true, false], simulation.Requests.Select(r => r.Granted));
        Assert.All(simulation.Requests.Where(r => !r.Granted), r => Assert.Equal(ExpertFailure.QueueFull, r.Reason!.Failure));
    }
}
