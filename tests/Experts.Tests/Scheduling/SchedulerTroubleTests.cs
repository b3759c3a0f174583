using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Scheduling;

namespace Orchestrator.Experts.Tests.Scheduling;

/// <summary>Loads and unloads that go wrong, budgets that shrink and experts that leave, in virtual time.</summary>
public sealed class SchedulerTroubleTests
{
    [Fact]
    public void Run_LoadFailsAgainAndAgain_PauseDoublesThenRecovers()
    {
        var simulation = new SchedulerSimulation(100) { LoadTime = _ => TimeSpan.FromSeconds(0.5) };
        var a = simulation.Add("a", 80);
        var fails = true;
        simulation.LoadFails = _ => fails;
        // A try every 0.25 s: the loads that are really begun show the pauses.
        for (var i = 0; i < 80; i++)
            simulation.Request(i * 0.25, a);
        simulation.At(16.1, () => fails = false);
        simulation.Run();

        simulation.CheckQuiescent();
        // Begun at 0, 1.5, 4, 8.5 (each 0.5 s and its pause of 1, 2, 4, 8 s) and at 17, when it succeeds.
        Assert.Equal((4, 1), (simulation.Count("failed a"), simulation.Count("loaded a")));
        Assert.All(simulation.Requests.Where(r => !r.Granted), r => Assert.Equal(ExpertFailure.LoadFailed, r.Reason!.Failure));
        Assert.All(simulation.Requests.Where(r => r.At > TimeSpan.FromSeconds(17)), r => Assert.True(r.Granted));
        Assert.Null(a.Slots[0].LastFailure);
    }

    [Fact]
    public void Run_ClientGoneWhileLoading_LoadEndsAndTheExpertGivesWay()
    {
        var simulation = new SchedulerSimulation(100);
        var (a, b) = (simulation.Add("a", 80), simulation.Add("b", 80));
        var gone = simulation.Request(0, a, leaves: 0.5);
        var next = simulation.Request(0.6, b);
        simulation.Run();

        simulation.CheckQuiescent();
        Assert.True(gone.Left && next.Granted);
        Assert.Equal(["load a", "loaded a", "unload a", "cold a", "load b", "loaded b"], simulation.Events);
    }

    [Fact]
    public void Run_BudgetShrinksWhileAllAreBusy_DrainsWithoutEndingAnybody()
    {
        var simulation = new SchedulerSimulation(240);
        var experts = new[] { "a", "b", "c" }.Select(id => simulation.Add(id, 80)).ToArray();
        foreach (var expert in experts)
            simulation.Request(0, expert, 10);
        simulation.At(5, () => simulation.SetBudget(100));
        foreach (var expert in experts)
            simulation.Request(6, expert, 1);
        simulation.Run(until: 9);
        Assert.DoesNotContain(simulation.Events, e => e.StartsWith("unload", StringComparison.Ordinal));
        simulation.Run();

        simulation.CheckQuiescent();
        Assert.All(simulation.Requests, r => Assert.True(r.Granted));
    }

    [Fact]
    public void Run_LargerThanTheBudget_IsRefusedAtOnceUntilTheBudgetGrows()
    {
        var simulation = new SchedulerSimulation(100);
        var huge = simulation.Add("huge", 101);
        var early = simulation.Request(0, huge);
        simulation.At(1, () => simulation.SetBudget(101));
        var late = simulation.Request(2, huge);
        simulation.Run();

        simulation.CheckQuiescent();
        Assert.Equal((ExpertFailure.TooLargeForBudget, TimeSpan.Zero), (early.Reason!.Failure, early.Waited));
        Assert.True(late.Granted);
    }

    [Fact]
    public void Run_AllPinned_OtherIsRefusedInsteadOfWaiting()
    {
        var simulation = new SchedulerSimulation(100);
        var a = simulation.Add("a", 80, c => c with { Pin = true });
        var b = simulation.Add("b", 80);
        simulation.Request(2, a);
        var refused = simulation.Request(2, b);
        simulation.Run();

        simulation.CheckQuiescent();
        Assert.Equal(ExpertFailure.TooLargeForBudget, refused.Reason!.Failure);
        Assert.Equal(["load a", "loaded a"], simulation.Events);
    }

    [Fact]
    public void Run_PinnedDoNotFitTogether_LaterIsRefusedAndBlocksNobody()
    {
        var simulation = new SchedulerSimulation(100, new SchedulerConfig { MaxWait = TimeSpan.FromSeconds(1) });
        simulation.Add("a", 60, c => c with { Pin = true });
        var b = simulation.Add("b", 60, c => c with { Pin = true });
        var c = simulation.Add("c", 30);
        var refused = simulation.Request(2, b, leaves: 60);
        var other = simulation.Request(10, c, leaves: 20);
        simulation.Run(until: 100);

        simulation.CheckQuiescent();
        Assert.Equal(ExpertFailure.TooLargeForBudget, refused.Reason?.Failure);
        Assert.True(other.Granted);
    }

    [Fact]
    public void Run_AdapterOfAPinnedBase_NeedsOnlyItsOwnPart()
    {
        var simulation = new SchedulerSimulation(100);
        var weights = new SharedWeights(70);
        simulation.Add("base", 10, c => c with { Pin = true }, weights);
        var second = simulation.Add("second", 10, c => c with { Pin = true }, weights);
        var adapter = simulation.Add("adapter", 10, weights: weights);
        simulation.Request(5, second);
        simulation.Request(5, adapter);
        simulation.Run();

        simulation.CheckQuiescent();
        Assert.All(simulation.Requests, r => Assert.True(r.Granted, r.Reason?.Message));
        Assert.Equal(100, simulation.Scheduler.Held().Cpu);
    }

    [Fact]
    public void GiveUp_OthersShareItsWeights_TheyCountOnceAndNobodyPaysThemAgain()
    {
        var simulation = new SchedulerSimulation(150);
        var weights = new SharedWeights(70);
        var (a, b, c) = (simulation.Add("a", 10, weights: weights), simulation.Add("b", 10, weights: weights), simulation.Add("c", 60));
        simulation.UnloadTime = s => s == a.Slots[0] && simulation.Stuck.Count == 0 ? null : TimeSpan.FromSeconds(0.1);
        simulation.Request(0, a);
        simulation.Request(0, b);
        simulation.At(5, () => simulation.Scheduler.Discard(a.Slots[0], a.Slots[0].Model!));
        simulation.At(10, () => simulation.Scheduler.GiveUp(simulation.Stuck[0]));
        simulation.Run(until: 11);
        Assert.Equal(90, simulation.Scheduler.Held().Cpu);

        // Room for c's 60 beside the weights and one own part is there at once; the stuck model keeps the weights for "a".
        simulation.Request(12, c, 20);
        simulation.Request(13, a, 1);
        simulation.Run(until: 20);
        Assert.All(simulation.Requests, r => Assert.True(r.Granted, r.Reason?.Message));
        Assert.Equal(150, simulation.Scheduler.Held().Cpu);
        Assert.Equal(1, simulation.Count("unload b"));

        simulation.Run();
        simulation.End(simulation.Stuck[0]);
        Assert.Equal(140, simulation.Scheduler.Held().Cpu);
        simulation.CheckQuiescent();
    }

    [Fact]
    public void GiveUp_NobodyElseHasItsWeights_TheyStayCountedUntilItReturns()
    {
        var simulation = new SchedulerSimulation(300);
        var weights = new SharedWeights(70);
        var (a, b) = (simulation.Add("a", 10, weights: weights), simulation.Add("b", 10, weights: weights));
        simulation.UnloadTime = _ => null;
        simulation.Request(0, a);
        simulation.Request(0, b);
        foreach (var (expert, i) in new[] { (a, 0), (b, 1) })
        {
            simulation.At(5 + i, () => simulation.Scheduler.Discard(expert.Slots[0], expert.Slots[0].Model!));
            simulation.At(7 + i, () => simulation.Scheduler.GiveUp(simulation.Stuck[i]));
        }

        simulation.Run(until: 10);
        Assert.Equal(90, simulation.Scheduler.Held().Cpu);
        simulation.End(simulation.Stuck[0]);
        Assert.Equal(80, simulation.Scheduler.Held().Cpu);
        simulation.End(simulation.Stuck[1]);
        Assert.Equal(0, simulation.Scheduler.Held().Cpu);
    }

    [Fact]
    public void Arrive_ExpertWasReplacedTwice_IsServedByTheLast()
    {
        var simulation = new SchedulerSimulation(100);
        var old = simulation.Add("a", 80, variant: 40);
        var next = SchedulerSimulation.Expert(old.Slots[0].Entry.Config with { Context = 7 }, 90);
        var last = SchedulerSimulation.Expert(old.Slots[0].Entry.Config with { Context = 8 }, 70);
        simulation.At(1, () => simulation.Retire(old, next));
        simulation.At(2, () => simulation.Retire(next, last));
        foreach (var tolerant in new[] { true, false })
            simulation.Request(3, old, tolerant: tolerant);
        simulation.Run();

        simulation.CheckQuiescent();
        Assert.All(simulation.Requests, r => Assert.True(r.Granted, r.Reason?.Message));
        Assert.Equal(2, last.Slots[0].Counts.Served);
    }

    [Fact]
    public void Arrive_ExpertWasRemoved_IsRefused()
    {
        var simulation = new SchedulerSimulation(100);
        var old = simulation.Add("a", 80);
        simulation.At(1, () => simulation.Retire(old, null));
        var late = simulation.Request(2, old);
        simulation.Run();

        Assert.Equal(ExpertFailure.Unknown, late.Reason?.Failure);
    }

    [Fact]
    public void Unload_IdleOrToMakeRoom_AreCountedApart()
    {
        var simulation = new SchedulerSimulation(100);
        var a = simulation.Add("a", 80, c => c with { IdleUnload = TimeSpan.FromSeconds(10) });
        var b = simulation.Add("b", 80);
        simulation.Request(0, a);
        simulation.Request(3, b);
        simulation.Request(6, a);
        simulation.Request(60, b);
        simulation.Run();

        Assert.Equal((1, 1), (a.Slots[0].Counts.Evictions, a.Slots[0].Counts.IdleUnloads));
        Assert.Equal((1, 0), (b.Slots[0].Counts.Evictions, b.Slots[0].Counts.IdleUnloads));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(3)]
    public void Retire_DuringLoadOrDrain_WaitersGoToTheSuccessorAndTheOldEndsInPeace(double at)
    {
        var simulation = new SchedulerSimulation(100);
        var (old, other) = (simulation.Add("a", 80), simulation.Add("b", 80));
        simulation.Request(0, old, 5);
        simulation.Request(2, other, 1);
        simulation.Request(2.5, old, 1);
        var successor = SchedulerSimulation.Expert(old.Slots[0].Entry.Config with { Context = 7 }, 90);
        simulation.At(at, () => simulation.Retire(old, successor));
        simulation.Request(at + 0.1, successor, 1);
        simulation.Run();

        simulation.CheckQuiescent();
        Assert.Equal(2, simulation.Scheduler.Experts.Count);
        Assert.DoesNotContain(old, simulation.Scheduler.Experts);
        Assert.All(simulation.Requests.Where(r => r.At < TimeSpan.FromSeconds(at) || r.Expert != old), r => Assert.True(r.Granted));
    }

    [Fact]
    public void Retire_TwoQueuesBecomeOne_TheOldestIsFirst()
    {
        var simulation = new SchedulerSimulation(100) { LoadTime = _ => TimeSpan.FromSeconds(9) };
        var old = simulation.Add("a", 80, variant: 40);
        simulation.Request(1, old, tolerant: true);
        simulation.Request(2, old, tolerant: false);
        var successor = SchedulerSimulation.Expert(old.Slots[0].Entry.Config with { Context = 7 }, 90);
        simulation.At(3, () => simulation.Retire(old, successor));
        simulation.Run(until: 4);

        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], successor.Exact.Waiters.Select(w => w.Arrived));
        simulation.Run();
        simulation.CheckQuiescent();
    }

    [Fact]
    public void Discard_AfterTheExpertIsGone_ChangesNothing()
    {
        var simulation = new SchedulerSimulation(100);
        var a = simulation.Add("a", 80);
        simulation.Request(0, a);
        simulation.Run();
        var (slot, model) = (a.Slots[0], a.Slots[0].Model!);
        simulation.At(5, () => simulation.Retire(a, null));
        simulation.Run();
        Assert.Empty(simulation.Scheduler.Experts);

        simulation.Scheduler.Discard(slot, model);
        simulation.Run();
        Assert.Empty(simulation.Scheduler.Experts);
    }

    [Fact]
    public void GiveUp_ItHasEndedAndItsSlotUnloadsAgain_NothingIsLost()
    {
        var simulation = new SchedulerSimulation(100) { UnloadTime = _ => null };
        var a = simulation.Add("a", 80);
        foreach (var at in new[] { 0, 10 })
        {
            simulation.Request(at, a);
            simulation.At(at + 5, () => simulation.Scheduler.Discard(a.Slots[0], a.Slots[0].Model!));
        }

        simulation.At(7, () => simulation.End(simulation.Stuck[0]));
        simulation.Run(until: 16);
        Assert.Equal((SlotPhase.Unloading, 2), (a.Slots[0].Phase, simulation.Stuck.Count));

        simulation.Scheduler.GiveUp(simulation.Stuck[0]);
        Assert.Equal(SlotPhase.Unloading, a.Slots[0].Phase);
        simulation.End(simulation.Stuck[1]);
        Assert.Equal(0, simulation.Scheduler.Held().Cpu);
        simulation.CheckQuiescent();
    }

    [Fact]
    public void GiveUp_UnloadNeverEnds_GoesOnWithoutItsMemoryUntilItReturns()
    {
        var simulation = new SchedulerSimulation(200);
        var experts = new[] { "a", "b", "c" }.Select(id => simulation.Add(id, 80)).ToArray();
        simulation.UnloadTime = s => s.Id == "a" && simulation.Stuck.Count == 0 ? null : TimeSpan.FromSeconds(0.1);
        simulation.Request(0, experts[0]);
        simulation.Request(2, experts[1]);
        simulation.Request(5, experts[2]);
        simulation.At(10, () => simulation.Scheduler.GiveUp(simulation.Stuck[0]));
        simulation.Request(20, experts[0]);
        simulation.Run();

        simulation.CheckQuiescent();
        Assert.All(simulation.Requests, r => Assert.True(r.Granted));
        // The lost 80, and one of 80 beside it.
        Assert.Equal(160, simulation.Scheduler.Held().Cpu);
        simulation.End(simulation.Stuck[0]);
        Assert.Equal(80, simulation.Scheduler.Held().Cpu);
        var again = simulation.Request(30, experts[1]);
        simulation.Run();
        Assert.True(again.Granted);
        Assert.Equal((160, 0), (simulation.Scheduler.Held().Cpu, simulation.Scheduler.Unloadings.Count));
    }
}
