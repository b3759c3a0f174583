using Orchestrator.Experts.Loading;
using static Orchestrator.Experts.Loading.SlotPhase;

namespace Orchestrator.Experts.Tests.Loading;

public sealed class ResidencyPlannerTests
{
    [Fact]
    public void Decide_Resident_Grants()
    {
        var plan = ResidencyPlanner.Decide(100, [new(Resident, 60, 1, 1)], [0, 0]);

        Assert.Equal([0, 1], plan.Grants);
        Assert.Empty(plan.Unloads);
    }

    [Theory]
    [InlineData(0, new[] { 0 }, new int[0])]
    [InlineData(1, new int[0], new[] { 0 })]
    public void Decide_Broken_GrantsNobodyAndUnloadsOnceIdle(int active, int[] unloads, int[] draining)
    {
        var plan = ResidencyPlanner.Decide(100, [new(Resident, 60, active, 1, Broken: true)], [0]);

        Assert.Empty(plan.Grants);
        Assert.Equal(unloads, plan.Unloads);
        Assert.Equal(draining, plan.Draining);
    }

    [Fact]
    public void Decide_TwoWaitersOnOneColdSlot_LoadsOnce()
    {
        var plan = ResidencyPlanner.Decide(100, [new(Cold, 60, 0, 0)], [0, 0]);

        Assert.Equal([0], plan.Loads);
        Assert.Empty(plan.Grants);
    }

    [Fact]
    public void Decide_LoadingHoldsItsEstimate_NextWaits()
    {
        var plan = ResidencyPlanner.Decide(100, [new(SlotPhase.Loading, 60, 0, 0), new(Cold, 60, 0, 0)], [0, 1]);

        Assert.Empty(plan.Loads);
        Assert.Empty(plan.Draining);
    }

    [Fact]
    public void Decide_RoomNeeded_EvictsTheLongestUnusedIdle()
    {
        var plan = ResidencyPlanner.Decide(
            100, [new(Resident, 40, 0, 7), new(Resident, 40, 0, 3), new(Cold, 40, 0, 0)], [2]);

        Assert.Equal([1], plan.Unloads);
        Assert.Empty(plan.Loads);
    }

    [Fact]
    public void Decide_SmallVictimMadeNeedlessByALarger_KeepsTheSmall()
    {
        var plan = ResidencyPlanner.Decide(
            100, [new(Resident, 10, 0, 1), new(Resident, 80, 0, 2), new(Cold, 60, 0, 0)], [2]);

        Assert.Equal([1], plan.Unloads);
    }

    [Fact]
    public void Decide_OnlyBusyCanMakeRoom_DrainsWithoutUnloading()
    {
        var plan = ResidencyPlanner.Decide(100, [new(Resident, 80, 2, 1), new(Cold, 60, 0, 0)], [1, 0]);

        Assert.Empty(plan.Unloads);
        Assert.Equal([0], plan.Draining);
        Assert.Empty(plan.Grants);
    }

    [Fact]
    public void Decide_WaiterBeforeTheBlockedLoad_IsStillGranted()
    {
        var plan = ResidencyPlanner.Decide(100, [new(Resident, 80, 2, 1), new(Cold, 60, 0, 0)], [0, 1, 0]);

        Assert.Equal([0], plan.Grants);
        Assert.Equal([0], plan.Draining);
    }

    [Fact]
    public void Decide_BlockedLoad_LeavesExpertsOpenWhoseRoomItDoesNotNeed()
    {
        var plan = ResidencyPlanner.Decide(
            100, [new(Resident, 50, 1, 1), new(Resident, 50, 1, 2), new(Cold, 50, 0, 0)], [2, 1, 0]);

        Assert.Equal([0], plan.Draining);
        Assert.Equal([1], plan.Grants);
    }

    [Fact]
    public void Decide_FreshlyLoaded_IsGrantedToItsWholeGroupThenDrained()
    {
        var plan = ResidencyPlanner.Decide(100, [new(Resident, 80, 0, 9, Fresh: true), new(Cold, 60, 0, 0)], [0, 1, 0]);

        Assert.Equal([0, 2], plan.Grants);
        Assert.Equal([0], plan.Draining);
        Assert.Empty(plan.Unloads);
    }

    [Fact]
    public void Decide_LaterSmallLoad_DoesNotOvertakeTheBlockedOne()
    {
        var plan = ResidencyPlanner.Decide(
            100, [new(Resident, 80, 1, 1), new(Cold, 60, 0, 0), new(Cold, 10, 0, 0)], [1, 2]);

        Assert.Empty(plan.Loads);
    }

    [Fact]
    public void Decide_RoomAlreadyReturning_EvictsNothingMore()
    {
        var plan = ResidencyPlanner.Decide(
            100, [new(Unloading, 60, 0, 1), new(Resident, 40, 0, 2), new(Cold, 60, 0, 0)], [2]);

        Assert.Empty(plan.Unloads);
        Assert.Empty(plan.Loads);
    }

    [Fact]
    public void Decide_LargerThanTheBudget_IsTooLargeAndEvictsNothing()
    {
        var plan = ResidencyPlanner.Decide(100, [new(Resident, 80, 0, 1), new(Cold, 101, 0, 0)], [1, 0]);

        Assert.Equal([0], plan.TooLarge);
        Assert.Equal([1], plan.Grants);
        Assert.Empty(plan.Unloads);
    }

    [Fact]
    public void Decide_LoadTookMoreThanEstimated_EvictsIdleAndGrantsIt()
    {
        var plan = ResidencyPlanner.Decide(100, [new(Resident, 50, 0, 1), new(Resident, 70, 0, 2)], [1]);

        Assert.Equal([0], plan.Unloads);
        Assert.Equal([0], plan.Grants);
    }

    [Fact]
    public void Decide_LoadTookMoreThanEstimatedAndOthersAreBusy_UnloadsItAgain()
    {
        var plan = ResidencyPlanner.Decide(100, [new(Resident, 50, 1, 1), new(Resident, 70, 0, 2)], [1]);

        Assert.Equal([1], plan.Unloads);
        Assert.Empty(plan.Grants);
    }

    [Fact]
    public void Decide_LoadTookMoreThanTheWholeBudget_UnloadsItAndNothingElse()
    {
        var plan = ResidencyPlanner.Decide(100, [new(Resident, 50, 0, 1), new(Resident, 170, 0, 2)], [1]);

        Assert.Equal([1], plan.Unloads);
        Assert.Empty(plan.Grants);
    }
}
