using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>
/// What stuck models keep: the budgets are smaller by it. Their weights count once, here, and cost nobody else anything as
/// long as they are kept: whoever loads the same file shares them.
/// </summary>
sealed class LostMemory
{
    readonly List<Unloading> _stuck = [];
    readonly HashSet<SharedWeights> _weights = [];

    public bool Keeps(SharedWeights weights) => _weights.Contains(weights);

    public void Add(Unloading unloading)
    {
        _stuck.Add(unloading);
        _weights.Add(unloading.Slot.Weights);
    }

    public void Remove(Unloading unloading)
    {
        _stuck.Remove(unloading);
        if (!_stuck.Exists(u => u.Slot.Weights == unloading.Slot.Weights))
            _weights.Remove(unloading.Slot.Weights);
    }

    /// <summary>Charged to the account of the first that got stuck on them.</summary>
    public MemoryBudgets Bytes()
    {
        var bytes = default(MemoryBudgets);
        for (var i = 0; i < _stuck.Count; i++)
        {
            var slot = _stuck[i].Slot;
            var first = _stuck.FindIndex(u => u.Slot.Weights == slot.Weights) == i;
            bytes = bytes.Plus(slot.Account, _stuck[i].OwnBytes + (first ? slot.Weights.Bytes : 0));
        }

        return bytes;
    }
}
