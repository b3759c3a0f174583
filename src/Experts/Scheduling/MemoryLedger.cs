using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>
/// Bytes while a plan is made: what is free, what running unloads will return, and how many slots hold each shared
/// weights, so that a second holder costs, and a holder that is not the last returns, only its own part.
/// </summary>
sealed class MemoryLedger
{
    readonly long[] _free = new long[MemoryBudgets.Count];
    readonly long[] _returning = new long[MemoryBudgets.Count];
    int[] _holders = [];
    ScheduleView _view;

    public void Open(ScheduleView view)
    {
        _view = view;
        if (_holders.Length < view.WeightBytes.Length)
            _holders = new int[view.WeightBytes.Length];
        Array.Clear(_holders);
        for (var account = 0; account < _free.Length; account++)
        {
            _free[account] = view.Budgets.Of((MemoryAccount)account);
            _returning[account] = 0;
        }

        var slots = view.Slots.Span;
        foreach (ref readonly var slot in slots)
        {
            if (slot.Phase is SlotPhase.Loading or SlotPhase.Resident)
                Hold(slot);
        }

        // After the holders: weights that stay for others do not return with an unload.
        foreach (ref readonly var slot in slots)
        {
            if (slot.Phase == SlotPhase.Unloading)
            {
                Hold(slot);
                Return(slot);
            }
        }
    }

    /// <summary>Bytes that nothing holds; negative after a load that took more than estimated or when the budget shrank.</summary>
    public long Free(MemoryAccount account) => _free[(int)account];

    /// <summary>Bytes that running unloads will give back.</summary>
    public long Returning(MemoryAccount account) => _returning[(int)account];

    /// <summary>What loading the slot now would take.</summary>
    public long Need(in SlotView slot) => slot.OwnBytes + (_holders[slot.Weights] == 0 ? Weights(slot) : 0);

    /// <summary>What it takes when nobody else holds its weights.</summary>
    public long Alone(in SlotView slot) => slot.OwnBytes + Weights(slot);

    public void Hold(in SlotView slot)
    {
        _free[(int)slot.Account] -= Need(slot);
        _holders[slot.Weights]++;
    }

    /// <summary>An unload begins.</summary>
    public void Return(in SlotView slot) => _returning[(int)slot.Account] += Drop(slot);

    /// <summary>Takes a holder away and tells the bytes that would come free; <see cref="Undrop"/> takes it back.</summary>
    public long Drop(in SlotView slot) => slot.OwnBytes + (--_holders[slot.Weights] == 0 ? Weights(slot) : 0);

    public void Undrop(in SlotView slot) => _holders[slot.Weights]++;

    long Weights(in SlotView slot) => _view.WeightBytes.Span[slot.Weights];
}
