using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>Chooses what makes room: resident slots, those whose absence will cost least per byte first.</summary>
sealed class Evictions(MemoryLedger ledger)
{
    /// <summary>Below this, size makes no difference worth an eviction.</summary>
    const long LeastBytes = 1 << 20;

    readonly List<int> _chosen = [];
    int[] _order = [];
    double[] _keep = [];
    int _count;

    /// <summary>Sorts the slots that may go at all, once for a whole plan.</summary>
    public void Sort(ReadOnlySpan<SlotView> slots, ReadOnlySpan<SlotDemand> demand)
    {
        if (_order.Length < slots.Length)
            (_order, _keep) = (new int[slots.Length], new double[slots.Length]);
        _count = 0;
        for (var i = 0; i < slots.Length; i++)
        {
            ref readonly var slot = ref slots[i];
            if (!slot.Open || slot.Pinned || (slot.Fresh && demand[i].Waiting > 0))
                continue;
            _order[_count] = i;
            _keep[_count++] = Keep(slot, demand[i], ledger.Alone(slot));
        }

        Array.Sort(_keep, _order, 0, _count);
    }

    /// <summary>
    /// Slots that together return <paramref name="shortage"/> bytes, without those that a later, larger one made needless;
    /// null when all that <paramref name="may"/> allows hold too little. Valid until the next call.
    /// </summary>
    /// <param name="candidate">Whose slot gets the room: weights it shares with a victim do not come free.</param>
    public List<int>? Choose(
        ReadOnlySpan<SlotView> slots, long shortage, in LoadCandidate candidate, MemoryAccount account,
        Func<int, LoadCandidate, bool> may)
    {
        _chosen.Clear();
        ledger.Undrop(slots[candidate.Slot]);
        var gained = 0L;
        for (var i = 0; i < _count && gained < shortage; i++)
        {
            var victim = _order[i];
            if (slots[victim].Account != account || !slots[victim].Open || !may(victim, candidate))
                continue;
            gained += ledger.Drop(slots[victim]);
            _chosen.Add(victim);
        }

        for (var i = _chosen.Count - 1; i >= 0 && gained >= shortage; i--)
        {
            ledger.Undrop(slots[_chosen[i]]);
            var without = gained - ledger.Drop(slots[_chosen[i]]);
            if (without < shortage)
                continue;
            ledger.Undrop(slots[_chosen[i]]);
            gained = without;
            _chosen.RemoveAt(i);
        }

        foreach (var victim in _chosen)
            ledger.Undrop(slots[victim]);
        ledger.Drop(slots[candidate.Slot]);
        return gained >= shortage ? _chosen : null;
    }

    /// <summary>
    /// Idle before busy; then the reload seconds it will probably cost, per byte (greedy dual size); then the longest
    /// unused. The steps are far enough apart that a later rule never outweighs an earlier one.
    /// </summary>
    static double Keep(in SlotView slot, SlotDemand demand, long bytes)
    {
        var busy = slot.Running > 0 || demand.Waiting > 0 ? 1e6 : 0;
        var reload = Math.Min(1e5, WaitingValue.ReloadSeconds(slot) * (1 + slot.Priority) / Math.Max(bytes, LeastBytes) * 1e9);
        return busy + reload + slot.LastUsed.TotalSeconds * 1e-9;
    }
}

/// <summary>What waits for a slot over all its groups.</summary>
/// <param name="Deadline">Of the oldest of them.</param>
readonly record struct SlotDemand(int Interactive, int Batch, TimeSpan Deadline)
{
    public static SlotDemand None { get; } = new(0, 0, TimeSpan.MaxValue);

    public int Waiting => Interactive + Batch;
}
