namespace Orchestrator.Experts.Scheduling;

/// <summary>Which loads may push what out, and whether that pays.</summary>
sealed class Swaps
{
    static readonly List<int> None = [];

    readonly PlanDraft _draft;
    readonly Evictions _evictions;

    /// <summary>One delegate for all candidates of all decisions: a closure for each is most of what a decision allocates.</summary>
    readonly Func<int, LoadCandidate, bool> _mayEvict;

    public Swaps(PlanDraft draft)
    {
        _draft = draft;
        _evictions = new Evictions(draft.Ledger);
        _mayEvict = MayEvict;
    }

    /// <summary>Once for each plan, before any of the others.</summary>
    public void Open() => _evictions.Sort(_draft.Slots, _draft.Demand);

    /// <summary>What has to go for the load; empty when there is room, null when not enough may go.</summary>
    public List<int>? Victims(in LoadCandidate candidate)
    {
        ref readonly var slot = ref _draft.Slots[candidate.Slot];
        var ledger = _draft.Ledger;
        var shortage = ledger.Need(slot) - ledger.Free(slot.Account) - ledger.Returning(slot.Account);
        return shortage <= 0 ? None : _evictions.Choose(_draft.Slots, shortage, candidate, slot.Account, _mayEvict);
    }

    /// <summary>Seconds of its own load and, probably, of loading back what it evicts.</summary>
    public double LoadCost(in LoadCandidate candidate)
    {
        var cost = _draft.Slots[candidate.Slot].LoadSeconds;
        if (Victims(candidate) is not { } victims)
            return cost;
        foreach (var victim in victims)
            cost += WaitingValue.ReloadSeconds(_draft.Slots[victim]);
        return cost;
    }

    /// <summary>
    /// Whether more requests, weighted by age, wait for the load than will miss what it evicts. For somebody who waits, an
    /// idle expert gives way at once.
    /// </summary>
    public bool Pays(in LoadCandidate candidate, List<int> victims)
    {
        if (candidate.Tier is LoadTier.Overdue or LoadTier.Wanted)
            return true;
        var loss = 0.0;
        foreach (var victim in victims)
        {
            ref readonly var slot = ref _draft.Slots[victim];
            if (!slot.Draining && (slot.Running > 0 || candidate.Tier == LoadTier.Batch))
                loss += WaitingValue.Loss(slot, _draft.Slots[candidate.Slot]);
        }

        return candidate.Gain >= loss;
    }

    bool MayEvict(int victim, LoadCandidate candidate)
    {
        ref readonly var demand = ref _draft.Demand[victim];
        ref readonly var slot = ref _draft.Slots[victim];
        var inUse = slot.Running > 0 || demand.Waiting > 0;
        return candidate.Tier switch
        {
            _ when !inUse || slot.Draining => true,
            // Who waits longer keeps its turn, and a group just loaded gets some time, or everybody overdue would thrash.
            LoadTier.Overdue => slot.HeldUntil <= _draft.Now && demand.Deadline > candidate.Deadline,
            // A begun group is finished: with equal weights that makes the sum of all waits least.
            LoadTier.Interactive => demand.Interactive == 0,
            LoadTier.Wanted => false,
            _ => demand.Waiting == 0,
        };
    }
}
