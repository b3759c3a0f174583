namespace Orchestrator.Experts.Loading;

/// <summary>
/// Decides what to grant, load and evict. A pure function of the slots and of the requests in order of arrival, run
/// afresh after every event. Loads keep that order: a load that waits for room holds back later loads and closes the
/// experts whose room it needs, so steady traffic elsewhere cannot starve it. A load pays off for the whole group that
/// waits for it, whatever its place in the order. A busy expert is never unloaded.
/// </summary>
sealed class ResidencyPlanner
{
    readonly long _budget;
    readonly SlotView[] _slots;
    readonly List<int> _grants = [];
    readonly List<int> _tooLarge = [];
    readonly List<int> _loads = [];
    readonly List<int> _unloads = [];
    readonly HashSet<int> _draining = [];

    /// <summary>Bytes of the budget that nothing holds; negative after a load that took more than estimated.</summary>
    long _free;

    /// <summary>Bytes that running unloads will give back.</summary>
    long _returning;

    ResidencyPlanner(long budget, IReadOnlyList<SlotView> slots)
    {
        _budget = budget;
        _slots = [.. slots];
        _free = budget - _slots.Where(s => s.Phase != SlotPhase.Cold).Sum(s => s.Bytes);
        _returning = _slots.Where(s => s.Phase == SlotPhase.Unloading).Sum(s => s.Bytes);
    }

    /// <param name="budget">Bytes that all slots together may hold.</param>
    /// <param name="slots">All experts that can be loaded.</param>
    /// <param name="waiting">For each waiter, in order of arrival, the slot it wants.</param>
    public static ResidencyPlan Decide(long budget, IReadOnlyList<SlotView> slots, IReadOnlyList<int> waiting)
    {
        var planner = new ResidencyPlanner(budget, slots);
        planner.EndBroken();
        planner.EndOverrun();
        planner.Serve(waiting);
        return new ResidencyPlan(planner._grants, planner._tooLarge, planner._loads, planner._unloads, planner._draining);
    }

    void EndBroken()
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i] is not { Phase: SlotPhase.Resident, Broken: true } slot)
                continue;
            if (slot.Active == 0)
                Unload(i);
            else
                _draining.Add(i);
        }
    }

    /// <summary>A load may have taken more than was estimated: something idle goes, at worst the newcomer itself.</summary>
    void EndOverrun()
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i] is { Phase: SlotPhase.Resident, Active: 0 } slot && slot.Bytes > _budget)
                Unload(i);
        }

        var idle = Evictable().Where(i => _slots[i].Active == 0).ToList();
        foreach (var victim in Victims(idle, -(_free + _returning)) ?? idle)
            Unload(victim);
    }

    void Serve(IReadOnlyList<int> waiting)
    {
        for (var w = 0; w < waiting.Count; w++)
        {
            if (_slots[waiting[w]] is { Phase: SlotPhase.Resident, Fresh: true })
                Grant(w, waiting[w]);
        }

        var loadWaits = false;
        for (var w = 0; w < waiting.Count; w++)
        {
            var slot = _slots[waiting[w]];
            if (slot is { Phase: SlotPhase.Resident, Fresh: true })
                continue;
            if (slot.Phase == SlotPhase.Resident && !_draining.Contains(waiting[w]))
            {
                Grant(w, waiting[w]);
            }
            else if (slot.Phase == SlotPhase.Cold && slot.Bytes > _budget)
            {
                _tooLarge.Add(w);
            }
            else if (slot.Phase == SlotPhase.Cold && !loadWaits)
            {
                loadWaits = !TryLoad(waiting[w]);
            }
        }
    }

    void Grant(int waiter, int index)
    {
        _grants.Add(waiter);
        _slots[index] = _slots[index] with { Active = _slots[index].Active + 1, LastUsed = long.MaxValue };
    }

    /// <summary>Loads into free room; otherwise makes room, which takes until a later event.</summary>
    bool TryLoad(int index)
    {
        var need = _slots[index].Bytes;
        if (need <= _free)
        {
            _free -= need;
            _loads.Add(index);
            _slots[index] = _slots[index] with { Phase = SlotPhase.Loading };
            return true;
        }

        // When loads still under way hold the room, nothing here suffices: their experts can be evicted later.
        foreach (var victim in Victims([.. Evictable()], need - _free - _returning) ?? [])
        {
            if (_slots[victim].Active == 0)
                Unload(victim);
            else
                _draining.Add(victim);
        }

        return false;
    }

    /// <summary>Resident slots, the least regrettable first: idle before busy, then the longest unused.</summary>
    IEnumerable<int> Evictable() =>
        Enumerable.Range(0, _slots.Length)
            .Where(i => _slots[i].Phase == SlotPhase.Resident)
            .OrderBy(i => _slots[i].Active > 0)
            .ThenBy(i => _slots[i].LastUsed);

    /// <summary>
    /// The first of <paramref name="candidates"/> that together hold <paramref name="shortage"/> bytes, without those that
    /// a later, larger one made needless; null when all together hold too little.
    /// </summary>
    List<int>? Victims(IReadOnlyList<int> candidates, long shortage)
    {
        var chosen = new List<int>();
        var gained = 0L;
        foreach (var candidate in candidates.TakeWhile(_ => gained < shortage))
        {
            chosen.Add(candidate);
            gained += _slots[candidate].Bytes;
        }

        if (gained < shortage)
            return null;
        for (var i = chosen.Count - 1; i >= 0; i--)
        {
            if (gained - _slots[chosen[i]].Bytes >= shortage)
            {
                gained -= _slots[chosen[i]].Bytes;
                chosen.RemoveAt(i);
            }
        }

        return chosen;
    }

    void Unload(int index)
    {
        _unloads.Add(index);
        _returning += _slots[index].Bytes;
        _slots[index] = _slots[index] with { Phase = SlotPhase.Unloading };
    }
}
