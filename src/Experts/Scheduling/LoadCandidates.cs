using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts.Scheduling;

/// <summary>Collects what could be loaded, the most urgent first, and refuses the groups that cannot be served at all.</summary>
sealed class LoadCandidates(PlanDraft draft, Swaps swaps, SchedulerConfig options)
{
    readonly List<LoadCandidate> _candidates = [];

    public List<LoadCandidate> Collect()
    {
        _candidates.Clear();
        for (var g = 0; g < draft.Groups.Length; g++)
        {
            if (draft.Groups[g].Count > 0)
                Collect(g);
        }

        for (var i = 0; i < draft.Slots.Length; i++)
        {
            if (draft.Slots[i].Wanted && draft.Demand[i].Waiting == 0 && draft.MayLoad(i))
                AddWanted(i, draft.Slots[i].Committed);
        }

        _candidates.Sort(LoadCandidate.Order);
        return _candidates;
    }

    void Collect(int index)
    {
        ref readonly var group = ref draft.Groups[index];
        var deadline = WaitingValue.Deadline(group, options);
        if (deadline > draft.Now)
            draft.Plan.Wake(deadline);
        if (draft.Served(group))
        {
            // A variant answers; where there is room to spare, the expert itself takes over.
            if (draft.MayLoad(group.Slots[0]))
                AddWanted(group.Slots[0], committed: false);
            return;
        }

        var allCold = true;
        foreach (var i in group.Slots)
        {
            allCold &= draft.Slots[i].Phase == SlotPhase.Cold;
            if (!draft.MayLoad(i))
                continue;
            _candidates.Add(Candidate(index, i, deadline));
            return;
        }

        if (allCold)
            draft.Plan.Refusals.Add(new Refusal(index, WhyNot(group)));
    }

    void AddWanted(int slot, bool committed) => _candidates.Add(
        new LoadCandidate(-1, slot, LoadTier.Wanted, TimeSpan.MaxValue, 0, draft.Slots[slot].Priority, committed));

    LoadCandidate Candidate(int index, int slot, TimeSpan deadline)
    {
        ref readonly var group = ref draft.Groups[index];
        var tier = deadline <= draft.Now ? LoadTier.Overdue
            : group.Interactive.Count > 0 ? LoadTier.Interactive
            : LoadTier.Batch;
        var gain = WaitingValue.Gain(group, draft.Slots[slot].Priority, options);
        var candidate = new LoadCandidate(index, slot, tier, deadline, gain, 0, AnyCommitted(group));
        return tier == LoadTier.Overdue || candidate.Committed
            ? candidate
            : candidate with { Score = gain / Math.Max(1e-3, swaps.LoadCost(candidate)) };
    }

    bool AnyCommitted(in GroupView group)
    {
        foreach (var i in group.Slots)
        {
            if (draft.Slots[i].Committed)
                return true;
        }

        return false;
    }

    RefusalKind WhyNot(in GroupView group)
    {
        var kind = RefusalKind.TooLarge;
        foreach (var i in group.Slots)
        {
            ref readonly var slot = ref draft.Slots[i];
            if (slot.RetryAt > draft.Now)
                return RefusalKind.Failing;
            if (draft.Ledger.Alone(slot) <= draft.View.Budgets.Of(slot.Account))
                kind = RefusalKind.PinnedFull;
        }

        return kind;
    }
}
