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

    static readonly List<int> None = [];

    readonly SchedulerConfig _options;
    readonly MemoryLedger _ledger = new();
    readonly Evictions _evictions;
    readonly List<LoadCandidate> _candidates = [];
    readonly GrantPlanner _grants;

    /// <summary>One delegate for all candidates of all decisions: a closure for each is most of what a decision allocates.</summary>
    readonly Func<int, LoadCandidate, bool> _mayEvict;
    readonly bool[] _blocked = new bool[MemoryBudgets.Count];
    readonly long[] _pinned = new long[MemoryBudgets.Count];
    bool[] _pinnedWeights = [];
    SlotView[] _slots = [];
    SlotDemand[] _demand = [];
    ScheduleView _view;
    SchedulePlan _plan = new();
    int _loading;

    public SchedulePlanner(SchedulerConfig options)
    {
        _options = options;
        _evictions = new Evictions(_ledger);
        _grants = new GrantPlanner(options);
        _mayEvict = MayEvict;
    }

    public SchedulePlan Decide(ScheduleView view)
    {
        Open(view);
        EndDiscarded();
        EndOverrun();
        _evictions.Sort(Slots, _demand);
        CollectCandidates();
        _candidates.Sort(LoadCandidate.Order);
        foreach (var candidate in _candidates)
            Consider(candidate);
        EndIdle();
        _grants.Grant(_view, Slots, _plan);
        return _plan;
    }

    ReadOnlySpan<SlotView> Slots => _slots.AsSpan(0, _view.Slots.Length);

    ReadOnlySpan<GroupView> Groups => _view.Groups.Span;

    void Open(ScheduleView view)
    {
        _view = view;
        _plan = new SchedulePlan();
        if (_slots.Length < view.Slots.Length)
            (_slots, _demand) = (new SlotView[view.Slots.Length], new SlotDemand[view.Slots.Length]);
        view.Slots.Span.CopyTo(_slots);
        Array.Fill(_demand, SlotDemand.None);
        _candidates.Clear();
        Array.Clear(_blocked);
        Array.Clear(_pinned);
        if (_pinnedWeights.Length < view.WeightBytes.Length)
            _pinnedWeights = new bool[view.WeightBytes.Length];
        Array.Clear(_pinnedWeights);
        _ledger.Open(view);
        _loading = 0;
        foreach (ref readonly var slot in Slots)
        {
            _loading += slot.Phase == SlotPhase.Loading ? 1 : 0;
            if (slot.Pinned && slot.Phase != SlotPhase.Cold)
                Pin(slot);
        }

        foreach (ref readonly var group in Groups)
        {
            if (group.Count > 0)
                Count(group);
        }
    }

    /// <summary>Weights that pinned experts share are pinned once.</summary>
    void Pin(in SlotView slot)
    {
        _pinned[(int)slot.Account] += slot.OwnBytes + (_pinnedWeights[slot.Weights] ? 0 : _view.WeightBytes.Span[slot.Weights]);
        _pinnedWeights[slot.Weights] = true;
    }

    /// <summary>A group's requests are the demand of the open slot that will get them, else of all its slots.</summary>
    void Count(in GroupView group)
    {
        var deadline = WaitingValue.Deadline(group, _options);
        foreach (var slot in group.Slots)
        {
            ref var demand = ref _demand[slot];
            demand = new SlotDemand(
                demand.Interactive + group.Interactive.Count, demand.Batch + group.Batch.Count,
                deadline < demand.Deadline ? deadline : demand.Deadline);
        }
    }

    void EndDiscarded()
    {
        for (var i = 0; i < _view.Slots.Length; i++)
        {
            if (_slots[i] is { Phase: SlotPhase.Resident, Discard: true })
                Evict(i);
        }
    }

    /// <summary>
    /// More is held than the budget has: a load took more than estimated, or the budget shrank. What is idle goes first, at
    /// worst the newcomer itself; then the busy are drained, and last the pinned.
    /// </summary>
    void EndOverrun()
    {
        for (var account = 0; account < MemoryBudgets.Count; account++)
        {
            var over = -(_ledger.Free((MemoryAccount)account) + _ledger.Returning((MemoryAccount)account));
            if (over <= 0)
                continue;
            var resident = Enumerable.Range(0, _view.Slots.Length)
                .Where(i => (int)_slots[i].Account == account && _slots[i].Open)
                .OrderBy(i => _ledger.Alone(_slots[i]) <= _view.Budgets.Of(_slots[i].Account))
                .ThenBy(i => _slots[i].Pinned)
                .ThenBy(i => _slots[i].Running > 0)
                .ThenBy(i => _demand[i].Waiting > 0)
                .ThenBy(i => _slots[i].LastUsed).ToArray();
            foreach (var victim in resident.TakeWhile(_ => over > 0))
                over -= Evict(victim);
        }
    }

    void CollectCandidates()
    {
        for (var g = 0; g < Groups.Length; g++)
        {
            if (Groups[g].Count > 0)
                CollectCandidate(g);
        }

        for (var i = 0; i < _view.Slots.Length; i++)
        {
            if (_slots[i] is { Wanted: true, Phase: SlotPhase.Cold, Retired: false } && _demand[i].Waiting == 0 && MayLoad(i))
                _candidates.Add(new LoadCandidate(-1, i, LoadTier.Wanted, TimeSpan.MaxValue, 0, _slots[i].Priority, _slots[i].Committed));
        }
    }

    void CollectCandidate(int index)
    {
        ref readonly var group = ref Groups[index];
        var deadline = WaitingValue.Deadline(group, _options);
        if (deadline > _view.Now)
            _plan.Wake(deadline);
        var first = group.Slots[0];
        if (Served(group))
        {
            // A variant answers; where there is room to spare, the expert itself takes over.
            if (_slots[first].Phase == SlotPhase.Cold && MayLoad(first))
                _candidates.Add(new LoadCandidate(-1, first, LoadTier.Wanted, TimeSpan.MaxValue, 0, _slots[first].Priority, Committed: false));
            return;
        }

        var allCold = true;
        foreach (var i in group.Slots)
        {
            allCold &= _slots[i].Phase == SlotPhase.Cold;
            if (_slots[i].Phase != SlotPhase.Cold || !MayLoad(i))
                continue;
            _candidates.Add(Candidate(index, i, deadline));
            return;
        }

        if (allCold)
            _plan.Refusals.Add(new Refusal(index, WhyNot(group)));
    }

    /// <summary>Whether one of its slots is there or coming.</summary>
    bool Served(in GroupView group)
    {
        foreach (var i in group.Slots)
        {
            if (_slots[i].Open || _slots[i].Phase == SlotPhase.Loading)
                return true;
        }

        return false;
    }

    RefusalKind WhyNot(in GroupView group)
    {
        var kind = RefusalKind.TooLarge;
        foreach (var i in group.Slots)
        {
            if (_slots[i].RetryAt > _view.Now)
                return RefusalKind.Failing;
            if (_ledger.Alone(_slots[i]) <= _view.Budgets.Of(_slots[i].Account))
                kind = RefusalKind.PinnedFull;
        }

        return kind;
    }

    LoadCandidate Candidate(int group, int slot, TimeSpan deadline)
    {
        var tier = deadline <= _view.Now ? LoadTier.Overdue
            : Groups[group].Interactive.Count > 0 ? LoadTier.Interactive
            : LoadTier.Batch;
        var gain = WaitingValue.Gain(Groups[group], _slots[slot].Priority, _options);
        var candidate = new LoadCandidate(group, slot, tier, deadline, gain, 0, AnyCommitted(Groups[group]));
        return tier == LoadTier.Overdue || candidate.Committed ? candidate : candidate with { Score = gain / Math.Max(1e-3, LoadCost(candidate)) };
    }

    bool AnyCommitted(in GroupView group)
    {
        foreach (var i in group.Slots)
        {
            if (_slots[i].Committed)
                return true;
        }

        return false;
    }

    /// <summary>Seconds of its own load and, probably, of loading back what it evicts.</summary>
    double LoadCost(in LoadCandidate candidate)
    {
        var cost = _slots[candidate.Slot].LoadSeconds;
        if (Victims(candidate) is not { } victims)
            return cost;
        foreach (var victim in victims)
            cost += WaitingValue.ReloadSeconds(_slots[victim]);
        return cost;
    }

    /// <summary>Whether it can ever be loaded as things stand: not failing, not larger than what pinned experts leave.</summary>
    bool MayLoad(int index)
    {
        ref readonly var slot = ref _slots[index];
        if (slot.Retired)
            return false;
        if (slot.RetryAt > _view.Now)
        {
            _plan.Wake(slot.RetryAt);
            return false;
        }

        // A pinned expert does not evict other pinned ones either: waiting for them to go would be waiting for ever.
        var need = _pinnedWeights[slot.Weights] ? slot.OwnBytes : _ledger.Alone(slot);
        return need <= _view.Budgets.Of(slot.Account) - _pinned[(int)slot.Account];
    }

    void Consider(LoadCandidate candidate)
    {
        // An earlier candidate may have begun the load that this one waits for.
        if (_slots[candidate.Slot].Phase != SlotPhase.Cold || (candidate.Group >= 0 && Served(Groups[candidate.Group])))
            return;
        var slot = Preferred(candidate);
        candidate = candidate with { Slot = slot };
        var account = _slots[slot].Account;
        if (_blocked[(int)account])
            return;
        if (_loading >= _options.ParallelLoads)
        {
            ReadAhead(slot);
            return;
        }

        if (_ledger.Need(_slots[slot]) <= _ledger.Free(account))
        {
            _ledger.Hold(_slots[slot]);
            _slots[slot] = _slots[slot] with { Phase = SlotPhase.Loading };
            _plan.Loads.Add(slot);
            _loading++;
            return;
        }

        if (candidate.Tier == LoadTier.Wanted && !_slots[slot].Pinned)
            return;
        MakeRoom(candidate);
    }

    /// <summary>The first of the group's slots that needs no eviction; under pressure the one that is cheapest to get.</summary>
    int Preferred(in LoadCandidate candidate)
    {
        if (candidate.Group < 0 || Groups[candidate.Group].Slots.Length == 1)
            return candidate.Slot;
        var best = candidate.Slot;
        var least = double.MaxValue;
        foreach (var i in Groups[candidate.Group].Slots)
        {
            if (_slots[i].Phase != SlotPhase.Cold || !MayLoad(i))
                continue;
            if (_slots[i].Committed || _ledger.Need(_slots[i]) <= _ledger.Free(_slots[i].Account))
                return i;
            var cost = LoadCost(candidate with { Slot = i });
            if (cost < least)
                (best, least) = (i, cost);
        }

        return best;
    }

    void MakeRoom(in LoadCandidate candidate)
    {
        var account = _slots[candidate.Slot].Account;
        var victims = Victims(candidate);
        if (victims is null || !Pays(candidate, victims))
        {
            _plan.Wake(_view.Now + LookAgain);
            // What an overdue request needs is not given to anybody else, even if it cannot be had yet.
            if (candidate.Tier == LoadTier.Overdue)
                Block(candidate.Slot, account);
            return;
        }

        foreach (var victim in victims.ToArray())
            Evict(victim);
        _plan.Committed.Add(candidate.Slot);
        Block(candidate.Slot, account);
    }

    void Block(int slot, MemoryAccount account)
    {
        _blocked[(int)account] = true;
        ReadAhead(slot);
    }

    void ReadAhead(int slot) => _plan.Prefetch = _plan.Prefetch < 0 ? slot : _plan.Prefetch;

    /// <summary>
    /// Whether more requests, weighted by age, wait for the load than will miss what it evicts. For somebody who waits, an
    /// idle expert gives way at once.
    /// </summary>
    bool Pays(in LoadCandidate candidate, List<int> victims)
    {
        if (candidate.Tier is LoadTier.Overdue or LoadTier.Wanted)
            return true;
        var loss = 0.0;
        foreach (var victim in victims)
        {
            if (!_slots[victim].Draining && (_slots[victim].Running > 0 || candidate.Tier == LoadTier.Batch))
                loss += WaitingValue.Loss(_slots[victim], _slots[candidate.Slot]);
        }

        return candidate.Gain >= loss;
    }

    List<int>? Victims(in LoadCandidate candidate)
    {
        var account = _slots[candidate.Slot].Account;
        var shortage = _ledger.Need(_slots[candidate.Slot]) - _ledger.Free(account) - _ledger.Returning(account);
        return shortage <= 0 ? None : _evictions.Choose(Slots, shortage, candidate, account, _mayEvict);
    }

    bool MayEvict(int victim, LoadCandidate candidate)
    {
        ref readonly var demand = ref _demand[victim];
        ref readonly var slot = ref _slots[victim];
        var inUse = slot.Running > 0 || demand.Waiting > 0;
        return candidate.Tier switch
        {
            // Who waits longer keeps its turn, and a group just loaded gets some time, or everybody overdue would thrash.
            _ when !inUse || slot.Draining => true,
            LoadTier.Overdue => slot.HeldUntil <= _view.Now && demand.Deadline > candidate.Deadline,
            // A begun group is finished: with equal weights that makes the sum of all waits least.
            LoadTier.Interactive => demand.Interactive == 0,
            LoadTier.Wanted => false,
            _ => demand.Waiting == 0,
        };
    }

    void EndIdle()
    {
        for (var i = 0; i < _view.Slots.Length; i++)
        {
            if (_slots[i] is not { Open: true, Running: 0, Pinned: false, IdleUnload: { } limit } slot || _demand[i].Waiting > 0)
                continue;
            if (slot.LastUsed + limit <= _view.Now)
                Evict(i);
            else
                _plan.Wake(slot.LastUsed + limit);
        }
    }

    /// <summary>Unloads it, or closes it while something runs on it; the bytes that this returns.</summary>
    long Evict(int index)
    {
        ref var slot = ref _slots[index];
        slot = slot with { Discard = true };
        if (slot.Running > 0)
        {
            _plan.Draining.Add(index);
            return _ledger.Alone(slot);
        }

        var before = _ledger.Returning(slot.Account);
        _plan.Unloads.Add(index);
        _ledger.Return(slot);
        slot = slot with { Phase = SlotPhase.Unloading };
        return _ledger.Returning(slot.Account) - before;
    }
}
