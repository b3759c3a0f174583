using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>Copies what a decision depends on into arrays that are used again and again.</summary>
sealed class ScheduleViewBuilder
{
    SlotView[] _slots = [];
    GroupView[] _groups = [];
    long[] _weights = [];

    /// <param name="budgets">What is left of them beside what is lost.</param>
    public ScheduleView Build(
        SlotRegistry registry, LostMemory lost, MemoryBudgets budgets, HashSet<ExpertSlot> draining, TimeSpan now)
    {
        var (slots, groups) = (registry.Slots, registry.Groups);
        if (_slots.Length < slots.Count)
            (_slots, _weights) = (new SlotView[slots.Count * 2], new long[slots.Count * 2]);
        foreach (var weights in registry.Weights)
            _weights[weights.Index] = lost.Keeps(weights) ? 0 : weights.Bytes;
        if (_groups.Length < groups.Count)
            _groups = new GroupView[groups.Count * 2];
        for (var i = 0; i < slots.Count; i++)
            _slots[i] = View(slots[i], draining.Contains(slots[i]), now);
        for (var g = 0; g < groups.Count; g++)
        {
            var group = groups[g];
            _groups[g] = new GroupView(
                registry.SlotsOf(group), group.Of(RequestClass.Interactive).At(now), group.Of(RequestClass.Batch).At(now));
        }

        return new ScheduleView(
            now, budgets, _slots.AsMemory(0, slots.Count), _groups.AsMemory(0, groups.Count), _weights.AsMemory(0, registry.Weights.Count));
    }

    static SlotView View(ExpertSlot slot, bool draining, TimeSpan now) => new()
    {
        Phase = slot.Phase,
        Account = slot.Account,
        Weights = slot.Weights.Index,
        OwnBytes = slot.OwnBytes,
        Running = slot.Running,
        Capacity = slot.Capacity,
        LastUsed = slot.LastUsed,
        Fresh = slot.Fresh,
        Discard = slot.Discard,
        Retired = slot.Retired,
        Draining = draining,
        Wanted = slot.Wanted,
        Committed = slot.Committed,
        Pinned = slot.Pinned,
        Priority = slot.Entry.Config.Priority,
        LoadSeconds = slot.LoadSeconds,
        ArrivalRate = slot.Arrivals.At(now),
        HeldUntil = slot.HeldUntil,
        RetryAt = slot.RetryAt,
        IdleUnload = slot.Entry.Config.IdleUnload,
    };
}
