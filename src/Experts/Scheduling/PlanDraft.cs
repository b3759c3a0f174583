using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>
/// A plan while it is made: the slots as they will be after what is already in it, the bytes that this leaves, and what
/// waits for each slot. The arrays are used again by the next plan.
/// </summary>
sealed class PlanDraft(SchedulerConfig options)
{
    readonly long[] _pinned = new long[MemoryBudgets.Count];
    bool[] _pinnedWeights = [];
    SlotView[] _slots = [];
    SlotDemand[] _demand = [];

    public ScheduleView View { get; private set; }

    public SchedulePlan Plan { get; private set; } = new();

    public MemoryLedger Ledger { get; } = new();

    /// <summary>Loads that run, and those in the plan.</summary>
    public int Loading { get; private set; }

    public TimeSpan Now => View.Now;

    public Span<SlotView> Slots => _slots.AsSpan(0, View.Slots.Length);

    public ReadOnlySpan<SlotDemand> Demand => _demand.AsSpan(0, View.Slots.Length);

    public ReadOnlySpan<GroupView> Groups => View.Groups.Span;

    public void Open(ScheduleView view)
    {
        View = view;
        Plan = new SchedulePlan();
        if (_slots.Length < view.Slots.Length)
            (_slots, _demand) = (new SlotView[view.Slots.Length], new SlotDemand[view.Slots.Length]);
        if (_pinnedWeights.Length < view.WeightBytes.Length)
            _pinnedWeights = new bool[view.WeightBytes.Length];
        view.Slots.Span.CopyTo(_slots);
        Array.Fill(_demand, SlotDemand.None);
        Array.Clear(_pinned);
        Array.Clear(_pinnedWeights);
        Ledger.Open(view);
        Loading = 0;
        foreach (ref readonly var slot in Slots)
        {
            Loading += slot.Phase == SlotPhase.Loading ? 1 : 0;
            if (slot.Pinned && slot.Phase != SlotPhase.Cold)
                Pin(slot);
        }

        foreach (ref readonly var group in Groups)
        {
            if (group.Count > 0)
                Count(group);
        }
    }

    /// <summary>Whether one of the group's slots is there or coming.</summary>
    public bool Served(in GroupView group)
    {
        foreach (var i in group.Slots)
        {
            if (_slots[i].Open || _slots[i].Phase == SlotPhase.Loading)
                return true;
        }

        return false;
    }

    /// <summary>Whether it can ever be loaded as things stand: not failing, not larger than what pinned experts leave.</summary>
    public bool MayLoad(int index)
    {
        ref readonly var slot = ref _slots[index];
        if (slot.Phase != SlotPhase.Cold || slot.Retired)
            return false;
        if (slot.RetryAt > Now)
        {
            Plan.Wake(slot.RetryAt);
            return false;
        }

        // A pinned expert does not evict other pinned ones either: waiting for them to go would be waiting for ever.
        var need = _pinnedWeights[slot.Weights] ? slot.OwnBytes : Ledger.Alone(slot);
        return need <= View.Budgets.Of(slot.Account) - _pinned[(int)slot.Account];
    }

    public bool Fits(int index) => Ledger.Need(_slots[index]) <= Ledger.Free(_slots[index].Account);

    public void Load(int index)
    {
        Ledger.Hold(_slots[index]);
        _slots[index] = _slots[index] with { Phase = SlotPhase.Loading };
        Plan.Loads.Add(index);
        Loading++;
    }

    /// <summary>Unloads it, or closes it while something runs on it; the bytes that this returns, at once or later.</summary>
    public long Evict(int index)
    {
        ref var slot = ref _slots[index];
        slot = slot with { Discard = true };
        if (slot.Running > 0)
        {
            Plan.Draining.Add(index);
            return Ledger.Alone(slot);
        }

        var before = Ledger.Returning(slot.Account);
        Plan.Unloads.Add(index);
        Ledger.Return(slot);
        slot = slot with { Phase = SlotPhase.Unloading };
        return Ledger.Returning(slot.Account) - before;
    }

    /// <summary>Weights that pinned experts share are pinned once.</summary>
    void Pin(in SlotView slot)
    {
        _pinned[(int)slot.Account] += slot.OwnBytes + (_pinnedWeights[slot.Weights] ? 0 : View.WeightBytes.Span[slot.Weights]);
        _pinnedWeights[slot.Weights] = true;
    }

    /// <summary>A group's requests are the demand of all its slots.</summary>
    void Count(in GroupView group)
    {
        var deadline = WaitingValue.Deadline(group, options);
        foreach (var slot in group.Slots)
        {
            ref var demand = ref _demand[slot];
            demand = new SlotDemand(
                demand.Interactive + group.Interactive.Count, demand.Batch + group.Batch.Count,
                deadline < demand.Deadline ? deadline : demand.Deadline);
        }
    }
}
