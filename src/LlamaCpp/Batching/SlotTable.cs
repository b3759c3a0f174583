namespace Orchestrator.LlamaCpp.Batching;

/// <summary>
/// Which sequence holds which id of the KV cache. Ids that follow one another share one native graph and every gap
/// costs one more, so free ids are given lowest first and gaps are closed from the top.
/// </summary>
sealed class SlotTable(int size)
{
    readonly Sequence?[] _slots = new Sequence?[size];
    readonly List<Sequence> _byAge = new(size);

    public int Size => size;

    public int Count => _byAge.Count;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Sequence> ByAge => _byAge;

    /// <summary>False when all ids are taken.</summary>
    public bool TryAdd(Sequence sequence)
    {
        if (Count == size)
            return false;
        Place(sequence, Array.IndexOf(_slots, null));
        _byAge.Add(sequence);
        return true;
    }

    public void Remove(Sequence sequence)
    {
        _slots[sequence.Slot] = null;
        _byAge.Remove(sequence);
    }

    public Sequence? At(int slot) => _slots[slot];

    /// <summary>Gives the topmost sequence the lowest free id below it; null when there is no gap.</summary>
    public (int From, int To)? CloseGap()
    {
        var gap = Array.IndexOf(_slots, null);
        if (gap < 0 || gap >= Count)
            return null;
        var top = Array.FindLastIndex(_slots, sequence => sequence is not null);
        Place(_slots[top]!, gap);
        _slots[top] = null;
        return (top, gap);
    }

    void Place(Sequence sequence, int slot)
    {
        _slots[slot] = sequence;
        sequence.Slot = slot;
    }
}
