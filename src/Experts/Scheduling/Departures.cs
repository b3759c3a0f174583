using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>What goes whether or not somebody needs its room.</summary>
static class Departures
{
    public static void EndDiscarded(PlanDraft draft)
    {
        for (var i = 0; i < draft.Slots.Length; i++)
        {
            if (draft.Slots[i] is { Phase: SlotPhase.Resident, Discard: true })
                draft.Evict(i);
        }
    }

    /// <summary>
    /// More is held than the budget has: a load took more than estimated, or the budget shrank. What is idle goes first, at
    /// worst the newcomer itself; then the busy are drained, and last the pinned.
    /// </summary>
    public static void EndOverrun(PlanDraft draft)
    {
        for (var account = 0; account < MemoryBudgets.Count; account++)
        {
            var over = -(draft.Ledger.Free((MemoryAccount)account) + draft.Ledger.Returning((MemoryAccount)account));
            if (over <= 0)
                continue;
            var resident = Enumerable.Range(0, draft.Slots.Length)
                .Where(i => (int)draft.Slots[i].Account == account && draft.Slots[i].Open)
                .OrderBy(i => draft.Ledger.Alone(draft.Slots[i]) <= draft.View.Budgets.Of(draft.Slots[i].Account))
                .ThenBy(i => draft.Slots[i].Pinned)
                .ThenBy(i => draft.Slots[i].Running > 0)
                .ThenBy(i => draft.Demand[i].Waiting > 0)
                .ThenBy(i => draft.Slots[i].LastUsed).ToArray();
            foreach (var victim in resident.TakeWhile(_ => over > 0))
                over -= draft.Evict(victim);
        }
    }

    public static void EndIdle(PlanDraft draft)
    {
        for (var i = 0; i < draft.Slots.Length; i++)
        {
            if (draft.Slots[i] is not { Open: true, Running: 0, Pinned: false, IdleUnload: { } limit } slot || draft.Demand[i].Waiting > 0)
                continue;
            if (slot.LastUsed + limit > draft.Now)
            {
                draft.Plan.Wake(slot.LastUsed + limit);
                continue;
            }

            draft.Plan.Idle.Add(i);
            draft.Evict(i);
        }
    }
}
