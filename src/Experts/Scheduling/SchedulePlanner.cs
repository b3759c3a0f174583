using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>
/// Decides what to grant, load, evict and read ahead: a pure function of a <see cref="ScheduleView"/>, run afresh after
/// every event. An object only to reuse its work arrays; not for concurrent use. docs/scheduling.md has the rules.
/// </summary>
sealed class SchedulePlanner
{
    /// <summary>How soon to look again at a swap that did not pay yet: gains grow with age.</summary>
    static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    readonly SchedulerConfig _options;
    readonly PlanDraft _draft;
    readonly Swaps _swaps;
    readonly LoadCandidates _candidates;
    readonly GrantPlanner _grants;
    readonly bool[] _blocked = new bool[MemoryBudgets.Count];

    public SchedulePlanner(SchedulerConfig options)
    {
        _options = options;
        _draft = new PlanDraft(options);
        _swaps = new Swaps(_draft);
        _candidates = new LoadCandidates(_draft, _swaps, options);
        _grants = new GrantPlanner(options);
    }

    public SchedulePlan Decide(ScheduleView view)
    {
        _draft.Open(view);
        Array.Clear(_blocked);
        Departures.EndDiscarded(_draft);
        Departures.EndOverrun(_draft);
        _swaps.Open();
        foreach (var candidate in _candidates.Collect())
            Consider(candidate);
        Departures.EndIdle(_draft);
        _grants.Grant(view, _draft.Slots, _draft.Plan);
        return _draft.Plan;
    }

    void Consider(LoadCandidate candidate)
    {
        // An earlier candidate may have begun the load that this one waits for.
        if (_draft.Slots[candidate.Slot].Phase != SlotPhase.Cold
            || (candidate.Group >= 0 && _draft.Served(_draft.Groups[candidate.Group])))
            return;
        candidate = candidate with { Slot = Preferred(candidate) };
        ref readonly var slot = ref _draft.Slots[candidate.Slot];
        if (_blocked[(int)slot.Account])
            return;
        var full = _draft.Loading >= _options.ParallelLoads;
        if (_draft.Fits(candidate.Slot) && !full)
            _draft.Load(candidate.Slot);
        else if (full && (!slot.Committed || _draft.Fits(candidate.Slot)))
            WaitForALoad(candidate.Slot);
        else if (candidate.Tier != LoadTier.Wanted || slot.Pinned)
            MakeRoom(candidate);
    }

    /// <summary>Another load runs, maybe in another account. What was drained for this one is not given back meanwhile.</summary>
    void WaitForALoad(int slot)
    {
        if (_draft.Slots[slot].Committed)
            _draft.Plan.Committed.Add(slot);
        ReadAhead(slot);
    }

    /// <summary>
    /// The one for which room is being made, though by now a larger one might fit: else the smaller would never save
    /// anything. Else the first of the group's slots that needs no eviction; under pressure the one that is cheapest to get.
    /// </summary>
    int Preferred(in LoadCandidate candidate)
    {
        if (candidate.Group < 0 || _draft.Groups[candidate.Group].Slots.Length == 1)
            return candidate.Slot;
        var best = candidate.Slot;
        var least = double.MaxValue;
        foreach (var i in _draft.Groups[candidate.Group].Slots)
        {
            if (_draft.Slots[i].Committed && _draft.MayLoad(i))
                return i;
        }

        foreach (var i in _draft.Groups[candidate.Group].Slots)
        {
            if (!_draft.MayLoad(i))
                continue;
            if (_draft.Fits(i))
                return i;
            var cost = _swaps.LoadCost(candidate with { Slot = i });
            if (cost < least)
                (best, least) = (i, cost);
        }

        return best;
    }

    void MakeRoom(in LoadCandidate candidate)
    {
        var victims = _swaps.Victims(candidate);
        if (victims is null || !_swaps.Pays(candidate, victims))
        {
            // Where nobody waits, only an event can free what is in use.
            if (candidate.Tier != LoadTier.Wanted)
                _draft.Plan.Wake(_draft.Now + LookAgain);
            // What an overdue request needs is not given to anybody else, even if it cannot be had yet.
            if (candidate.Tier == LoadTier.Overdue)
                Block(candidate.Slot);
            return;
        }

        foreach (var victim in victims.ToArray())
            _draft.Evict(victim);
        _draft.Plan.Committed.Add(candidate.Slot);
        Block(candidate.Slot);
    }

    void Block(int slot)
    {
        _blocked[(int)_draft.Slots[slot].Account] = true;
        ReadAhead(slot);
    }

    void ReadAhead(int slot) => _draft.Plan.Prefetch = _draft.Plan.Prefetch < 0 ? slot : _draft.Plan.Prefetch;
}
