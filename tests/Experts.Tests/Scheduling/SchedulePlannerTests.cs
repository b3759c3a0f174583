using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Memory;
using Orchestrator.Experts.Scheduling;
using static Orchestrator.Experts.Scheduling.SlotPhase;

namespace Orchestrator.Experts.Tests.Scheduling;

public sealed class SchedulePlannerTests
{
    static readonly TimeSpan Now = PlannerCase.Now;

    [Fact]
    public void Decide_Resident_GrantsUpToItsCapacity()
    {
        var plan = new PlannerCase(100).Slot(Resident, 60, running: 6).Wait(0, 1, 1, 1).Decide();

        Assert.Equal([new Grant(0, RequestClass.Interactive, 0, 2)], plan.Grants);
        Assert.Empty(plan.Unloads);
    }

    [Fact]
    public void Decide_GlobalLimit_BoundsGrantsOverAllExperts()
    {
        var options = new SchedulerConfig { MaxRunning = 3 };
        var plan = new PlannerCase(100) { Options = options }
            .Slot(Resident, 40, running: 1).Slot(Resident, 40).Wait(0, 2, 2).Wait(1, 5).Decide();

        Assert.Equal([new Grant(1, RequestClass.Interactive, 1, 1), new Grant(0, RequestClass.Interactive, 0, 1)], plan.Grants);
    }

    [Fact]
    public void Decide_BothClassesWait_BatchFillsWhatInteractiveLeaves()
    {
        var plan = new PlannerCase(100).Slot(Resident, 60, running: 5).WaitBatch(0, 9, 9, 9).Wait(0, 1, 1).Decide();

        Assert.Equal([new Grant(1, RequestClass.Interactive, 0, 2), new Grant(0, RequestClass.Batch, 0, 1)], plan.Grants);
    }

    [Fact]
    public void Decide_BatchRequestBeyondItsBound_GoesBeforeInteractive()
    {
        var plan = new PlannerCase(100).Slot(Resident, 60, running: 7).Wait(0, 1).WaitBatch(0, 1801).Decide();

        Assert.Equal([new Grant(1, RequestClass.Batch, 0, 1)], plan.Grants);
    }

    [Theory]
    [InlineData(0, new[] { 0 }, new int[0])]
    [InlineData(1, new int[0], new[] { 0 })]
    public void Decide_Discarded_GrantsNobodyAndUnloadsOnceIdle(int running, int[] unloads, int[] draining)
    {
        var plan = new PlannerCase(100).Slot(Resident, 60, running, with: s => s with { Discard = true }).Wait(0, 1).Decide();

        Assert.Empty(plan.Grants);
        Assert.Equal(unloads, plan.Unloads);
        Assert.Equal(draining, plan.Draining);
    }

    [Fact]
    public void Decide_ColdWithRoom_LoadsOnce()
    {
        var plan = new PlannerCase(100).Slot(Cold, 60).Wait(0, 1, 1).Wait([0], RequestClass.Batch, 1).Decide();

        Assert.Equal([0], plan.Loads);
        Assert.Empty(plan.Grants);
    }

    [Fact]
    public void Decide_LoadingHoldsItsEstimate_NextWaits()
    {
        var plan = new PlannerCase(100) { Options = new() { ParallelLoads = 4 } }
            .Slot(SlotPhase.Loading, 60).Slot(Cold, 60).Wait(0, 1).Wait(1, 1).Decide();

        Assert.Empty(plan.Loads);
        Assert.Empty(plan.Draining);
    }

    [Fact]
    public void Decide_LoadRuns_TheNextIsReadAheadInstead()
    {
        var plan = new PlannerCase(100).Slot(SlotPhase.Loading, 40).Slot(Cold, 40).Wait(0, 1).Wait(1, 1).Decide();

        Assert.Empty(plan.Loads);
        Assert.Equal(1, plan.Prefetch);
    }

    [Fact]
    public void Decide_RoomNeeded_EvictsTheLongestUnusedIdle()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 40, lastUsed: 7).Slot(Resident, 40, lastUsed: 3).Slot(Cold, 40).Wait(2, 1).Decide();

        Assert.Equal([1], plan.Unloads);
        Assert.Empty(plan.Loads);
        Assert.Equal(2, plan.Prefetch);
    }

    [Fact]
    public void Decide_RoomNeeded_KeepsWhatIsAskedForMoreOften()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 40, lastUsed: 3, with: s => s with { ArrivalRate = 1 })
            .Slot(Resident, 40, lastUsed: 99, with: s => s with { ArrivalRate = 0.01 })
            .Slot(Cold, 40).Wait(2, 1).Decide();

        Assert.Equal([1], plan.Unloads);
    }

    [Fact]
    public void Decide_SmallVictimMadeNeedlessByALarger_KeepsTheSmall()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 10, lastUsed: 1).Slot(Resident, 80, lastUsed: 2).Slot(Cold, 60).Wait(2, 1).Decide();

        Assert.Equal([1], plan.Unloads);
    }

    [Fact]
    public void Decide_OnlyBusyCanMakeRoom_DrainsWithoutUnloading()
    {
        var plan = new PlannerCase(100).Slot(Resident, 80, running: 2).Slot(Cold, 60).Wait(1, 1).Decide();

        Assert.Empty(plan.Unloads);
        Assert.Equal([0], plan.Draining);
    }

    [Fact]
    public void Decide_BusyExpertWouldBeMissedByMore_IsNotDrainedYet()
    {
        // 3 requests a second miss it for 2 s: 6 against 1 + 1 s / 2 s.
        var plan = new PlannerCase(100)
            .Slot(Resident, 80, running: 2, with: s => s with { ArrivalRate = 3 }).Slot(Cold, 60).Wait(1, 1).Decide();

        Assert.Empty(plan.Draining);
        Assert.True(plan.WakeAt <= Now + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Decide_MoreWaitThanWouldMissIt_Drains()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 80, running: 2, with: s => s with { ArrivalRate = 3 }).Slot(Cold, 60).Wait(1, 1, 1, 1, 1).Decide();

        Assert.Equal([0], plan.Draining);
    }

    [Fact]
    public void Decide_BegunGroupStillWaits_IsFinishedFirst()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 80, running: 8).Slot(Cold, 60).Wait(0, 1).Wait(1, 5, 5, 5, 5).Decide();

        Assert.Empty(plan.Draining);
    }

    [Fact]
    public void Decide_OverdueRequest_DrainsABegunGroup()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 80, running: 8).Slot(Cold, 60).Wait(0, 1).Wait(1, 16).Decide();

        Assert.Equal([0], plan.Draining);
        Assert.Equal(1, plan.Prefetch);
    }

    [Fact]
    public void Decide_OverdueRequestButTheGroupWasJustLoaded_WaitsForItsTimeToEnd()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 80, running: 8, with: s => s with { HeldUntil = Now + TimeSpan.FromSeconds(2) })
            .Slot(Cold, 60).Wait(0, 1).Wait(1, 16).Decide();

        Assert.Empty(plan.Draining);
    }

    [Fact]
    public void Decide_TwoOverdue_TheOlderLoadsAndTheOtherTakesNothing()
    {
        var plan = new PlannerCase(100) { Options = new() { ParallelLoads = 4 } }
            .Slot(Resident, 80, running: 1).Slot(Cold, 60).Slot(Cold, 10).Wait(1, 20).Wait(2, 16).Decide();

        Assert.Equal([0], plan.Draining);
        Assert.Empty(plan.Loads);
    }

    [Fact]
    public void Decide_BatchWaits_DoesNotEvictWhatInteractiveRequestsUse()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 80, with: s => s with { ArrivalRate = 1 }).Slot(Cold, 60).WaitBatch(1, 1, 1, 1).Decide();

        Assert.Empty(plan.Unloads);
    }

    [Fact]
    public void Decide_BatchWaits_EvictsWhatNobodyUses()
    {
        var plan = new PlannerCase(100).Slot(Resident, 80).Slot(Cold, 60).WaitBatch(1, 1).Decide();

        Assert.Equal([0], plan.Unloads);
    }

    [Fact]
    public void Decide_InteractiveWaitsBehindABatchGroup_DrainsIt()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 80, running: 8).Slot(Cold, 60).WaitBatch(0, 9, 9, 9).Wait(1, 1).Decide();

        Assert.Equal([0], plan.Draining);
        Assert.Empty(plan.Grants);
    }

    [Fact]
    public void Decide_SeveralCold_TheMostValuablePerSecondOfLoadingIsLoaded()
    {
        var plan = new PlannerCase(100)
            .Slot(Cold, 60, with: s => s with { LoadSeconds = 10 }).Slot(Cold, 60).Slot(Cold, 60)
            .Wait(0, 1, 1, 1).Wait(1, 1, 1).Wait(2, 1).Decide();

        Assert.Equal([1], plan.Loads);
    }

    [Fact]
    public void Decide_HigherPriority_CountsForMore()
    {
        var plan = new PlannerCase(100)
            .Slot(Cold, 60).Slot(Cold, 60, with: s => s with { Priority = 2 }).Wait(0, 1, 1).Wait(1, 1).Decide();

        Assert.Equal([1], plan.Loads);
    }

    [Fact]
    public void Decide_Fresh_IsGrantedBeforeItMayBeDrained()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 80, with: s => s with { Fresh = true }).Slot(Cold, 60).Wait(0, 1).Wait(1, 20).Decide();

        Assert.Equal([new Grant(0, RequestClass.Interactive, 0, 1)], plan.Grants);
        Assert.Empty(plan.Draining);
    }

    [Fact]
    public void Decide_RoomAlreadyReturning_EvictsNothingMore()
    {
        var plan = new PlannerCase(100).Slot(SlotPhase.Unloading, 60).Slot(Resident, 40).Slot(Cold, 60).Wait(2, 1).Decide();

        Assert.Empty(plan.Unloads);
        Assert.Empty(plan.Loads);
    }

    [Fact]
    public void Decide_LargerThanTheBudget_IsRefusedAndEvictsNothing()
    {
        var plan = new PlannerCase(100).Slot(Resident, 80).Slot(Cold, 101).Wait(1, 1).Wait(0, 1).Decide();

        Assert.Equal([new Refusal(0, RefusalKind.TooLarge)], plan.Refusals);
        Assert.Single(plan.Grants);
        Assert.Empty(plan.Unloads);
    }

    [Fact]
    public void Decide_AllPinned_IsRefusedAsPinnedFull()
    {
        var plan = new PlannerCase(100).Slot(Resident, 80, with: s => s with { Pinned = true }).Slot(Cold, 30).Wait(1, 1).Decide();

        Assert.Equal([new Refusal(0, RefusalKind.PinnedFull)], plan.Refusals);
    }

    [Fact]
    public void Decide_Pinned_IsNeverEvicted()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 50, with: s => s with { Pinned = true }).Slot(Resident, 50, lastUsed: 99).Slot(Cold, 50).Wait(2, 1).Decide();

        Assert.Equal([1], plan.Unloads);
    }

    [Fact]
    public void Decide_FailingLoad_IsRefusedUntilItsPauseEnds()
    {
        var pause = new PlannerCase(100).Slot(Cold, 60, with: s => s with { RetryAt = Now + TimeSpan.FromSeconds(3) }).Wait(0, 1).Decide();
        var over = new PlannerCase(100).Slot(Cold, 60, with: s => s with { RetryAt = Now }).Wait(0, 1).Decide();

        Assert.Equal([new Refusal(0, RefusalKind.Failing)], pause.Refusals);
        Assert.Equal([0], over.Loads);
    }

    [Fact]
    public void Decide_Wanted_LoadsIntoFreeRoomOnly()
    {
        Assert.Equal([0], new PlannerCase(100).Slot(Cold, 60, with: s => s with { Wanted = true }).Decide().Loads);
        var full = new PlannerCase(100).Slot(Resident, 60).Slot(Cold, 60, with: s => s with { Wanted = true }).Decide();
        Assert.Empty(full.Unloads);
    }

    [Fact]
    public void Decide_PinnedButNotLoaded_TakesThePlaceOfTheIdle()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 60).Slot(Cold, 60, with: s => s with { Wanted = true, Pinned = true }).Decide();

        Assert.Equal([0], plan.Unloads);
    }

    [Fact]
    public void Decide_IdleForLong_IsUnloadedAndTheNextIsWokenFor()
    {
        var limit = TimeSpan.FromSeconds(10);
        var plan = new PlannerCase(100)
            .Slot(Resident, 10, lastUsed: 90, with: s => s with { IdleUnload = limit })
            .Slot(Resident, 10, lastUsed: 91, with: s => s with { IdleUnload = limit })
            .Slot(Resident, 10, running: 1, lastUsed: 1, with: s => s with { IdleUnload = limit }).Decide();

        Assert.Equal([0], plan.Unloads);
        Assert.Equal(TimeSpan.FromSeconds(101), plan.WakeAt);
    }

    [Fact]
    public void Decide_LoadTookMoreThanEstimated_EvictsIdleAndGrantsIt()
    {
        var plan = new PlannerCase(100).Slot(Resident, 50, lastUsed: 1).Slot(Resident, 70, lastUsed: 2).Wait(1, 1).Decide();

        Assert.Equal([0], plan.Unloads);
        Assert.Single(plan.Grants);
    }

    [Fact]
    public void Decide_LoadTookMoreThanEstimatedAndOthersAreBusy_UnloadsItAgain()
    {
        var plan = new PlannerCase(100).Slot(Resident, 50, running: 1).Slot(Resident, 70, lastUsed: 2).Wait(1, 1).Decide();

        Assert.Equal([1], plan.Unloads);
        Assert.Empty(plan.Grants);
    }

    [Fact]
    public void Decide_LoadTookMoreThanTheWholeBudget_UnloadsItAndNothingElse()
    {
        var plan = new PlannerCase(100).Slot(Resident, 50, running: 1).Slot(Resident, 170).Wait(1, 1).Decide();

        Assert.Equal([1], plan.Unloads);
        Assert.Empty(plan.Grants);
    }

    [Fact]
    public void Decide_BudgetShrank_DrainsTheBusyAndAtLastThePinned()
    {
        var plan = new PlannerCase(60)
            .Slot(Resident, 50, running: 1, with: s => s with { Pinned = true }).Slot(Resident, 50, running: 1).Decide();
        Assert.Equal([1], plan.Draining);

        plan = new PlannerCase(40)
            .Slot(Resident, 50, running: 1, with: s => s with { Pinned = true }).Slot(Resident, 20, running: 1).Decide();
        Assert.Equal([0], plan.Draining);
    }
}
