using Orchestrator.Experts.Memory;
using Orchestrator.Experts.Scheduling;
using static Orchestrator.Experts.Scheduling.SlotPhase;

namespace Orchestrator.Experts.Tests.Scheduling;

/// <summary>Accounts, shared weights and variants.</summary>
public sealed class SchedulePlannerMemoryTests
{
    [Fact]
    public void Decide_AccountsApart_OneNeverEvictsFromTheOther()
    {
        var plan = new PlannerCase(100) { Budgets = new MemoryBudgets(100, 0, 50) }
            .Slot(Resident, 100).Slot(Cold, 50, with: s => s with { Account = MemoryAccount.Router }).Wait(1, 1).Decide();

        Assert.Equal([1], plan.Loads);
        Assert.Empty(plan.Unloads);
    }

    [Fact]
    public void Decide_WeightsAlreadyHeld_OnlyTheOwnPartIsNeeded()
    {
        var plan = new PlannerCase(100).Shared(Resident, 0, 80, 10).Shared(Cold, 0, 80, 10).Wait(1, 1).Decide();

        Assert.Equal([1], plan.Loads);
    }

    [Fact]
    public void Decide_EvictingAHolderOfSharedWeights_CountsOnlyWhatComesFree()
    {
        // The two adapters' own parts are 10 each: only both together with their base make room for 60.
        var plan = new PlannerCase(100)
            .Shared(Resident, 0, 80, 10, lastUsed: 1).Shared(Resident, 0, 80, 10, lastUsed: 2)
            .Shared(Cold, 1, 0, 60).Wait(2, 1).Decide();

        Assert.Equal([0, 1], plan.Unloads);
    }

    [Fact]
    public void Decide_AdapterNeedsRoom_DoesNotCountTheBaseItSharesAsWon()
    {
        var plan = new PlannerCase(100)
            .Shared(Resident, 0, 80, 10, lastUsed: 1).Shared(Resident, 1, 0, 10, lastUsed: 2)
            .Shared(Cold, 0, 80, 15).Wait(2, 1).Decide();

        Assert.Equal([0, 1], plan.Unloads.Order());
    }

    [Fact]
    public void Decide_PinnedDoesNotFitBesideWhatIsInUse_WaitsForEventsAlone()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 80, running: 1).Slot(Cold, 50, with: s => s with { Pinned = true, Wanted = true }).Decide();

        Assert.Empty(plan.Loads);
        Assert.Empty(plan.Draining);
        Assert.Equal(TimeSpan.MaxValue, plan.WakeAt);
    }

    [Fact]
    public void Decide_PinnedAndWhatWasInUseIsIdleNow_MakesRoomAtOnce()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 80).Slot(Cold, 50, with: s => s with { Pinned = true, Wanted = true }).Decide();

        Assert.Equal([0], plan.Unloads);
        Assert.Equal([1], plan.Committed);
    }

    [Fact]
    public void Decide_VariantResidentWhileTheExpertIsNot_AnswersWhoeverTolerates()
    {
        var plan = new PlannerCase(100)
            .Slot(Cold, 90).Slot(Resident, 40).Wait([0, 1], RequestClass.Interactive, 1).Decide();

        Assert.Equal([new Grant(0, RequestClass.Interactive, 1, 1)], plan.Grants);
        Assert.Empty(plan.Loads);
    }

    [Fact]
    public void Decide_RoomForTheExpertBesideItsVariant_LoadsItForLater()
    {
        var plan = new PlannerCase(200)
            .Slot(Cold, 90).Slot(Resident, 40).Wait([0, 1], RequestClass.Interactive, 1).Decide();

        Assert.Equal([0], plan.Loads);
        Assert.Single(plan.Grants);
    }

    [Fact]
    public void Decide_NoRoomForTheExpert_LoadsTheVariantThatFits()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 50, running: 1).Slot(Cold, 90).Slot(Cold, 40).Wait([1, 2], RequestClass.Interactive, 1).Decide();

        Assert.Equal([2], plan.Loads);
        Assert.Empty(plan.Draining);
    }

    [Fact]
    public void Decide_RoomForTheExpert_LoadsItRatherThanItsVariant() =>
        Assert.Equal([0], new PlannerCase(100).Slot(Cold, 90).Slot(Cold, 40).Wait([0, 1], RequestClass.Interactive, 1).Decide().Loads);

    [Fact]
    public void Decide_AnotherHasToGoForEither_MakesRoomForWhatLoadsSooner()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 90).Slot(Cold, 90).Slot(Cold, 40, with: slot => slot with { LoadSeconds = 0.4 })
            .Wait([1, 2], RequestClass.Interactive, 1).Decide();

        Assert.Equal([2], plan.Committed);
    }

    [Fact]
    public void Decide_RoomWasMadeForTheVariant_LoadsItThoughTheExpertFitsNow()
    {
        var plan = new PlannerCase(100)
            .Slot(Cold, 90).Slot(Cold, 90).Slot(Cold, 40, with: slot => slot with { Committed = true })
            .Wait([1, 2], RequestClass.Interactive, 1).Decide();

        Assert.Equal([2], plan.Loads);
    }

    [Fact]
    public void Decide_RoomIsBeingMadeWhileAnotherAccountLoads_TheDrainGoesOn()
    {
        var plan = new PlannerCase(100) { Budgets = new(100, 100, 0) }
            .Slot(Resident, 90, running: 1, with: slot => slot with { Draining = true })
            .Slot(Cold, 90, with: slot => slot with { Committed = true })
            .Slot(SlotPhase.Loading, 90, with: slot => slot with { Account = MemoryAccount.Gpu })
            .Wait(1, 1).Decide();

        Assert.Equal([0], plan.Draining);
        Assert.Equal([1], plan.Committed);
    }

    [Fact]
    public void Decide_InteractiveRequestWhileRoomIsMadeForBatchWork_GetsTheRoom()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 90, running: 1, with: slot => slot with { Draining = true })
            .Slot(Cold, 90, with: slot => slot with { Committed = true })
            .Slot(Cold, 90)
            .WaitBatch(1, 1).Wait(2, 30).Decide();

        Assert.Equal([2], plan.Committed);
    }

    [Fact]
    public void Decide_RequestThatDoesNotTolerateVariants_WaitsForTheExpert()
    {
        var plan = new PlannerCase(100)
            .Slot(Resident, 50).Slot(Cold, 90).Slot(Resident, 40, lastUsed: 50).Wait([1], RequestClass.Interactive, 1).Decide();

        Assert.Empty(plan.Grants);
        Assert.Equal([0, 2], plan.Unloads.Order());
    }
}
