using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Memory;
using Orchestrator.Experts.Scheduling;

namespace Orchestrator.Experts.Tests.Scheduling;

/// <summary>A situation for the planner: one budget, slots and groups by index, at 100 s on the scheduler's clock.</summary>
sealed class PlannerCase(long budget)
{
    public static readonly TimeSpan Now = TimeSpan.FromSeconds(100);

    readonly List<SlotView> _slots = [];
    readonly List<GroupView> _groups = [];
    readonly List<long> _weights = [];

    public SchedulerConfig Options { get; init; } = new();

    public MemoryBudgets Budgets { get; init; } = new(budget, 0, 0);

    /// <summary>A slot whose weights nobody shares.</summary>
    public PlannerCase Slot(SlotPhase phase, long bytes, int running = 0, double lastUsed = 0, Func<SlotView, SlotView>? with = null)
    {
        _weights.Add(0);
        return Add(phase, bytes, _weights.Count - 1, running, lastUsed, with);
    }

    /// <summary>A slot on weights of so many bytes that others may share; <paramref name="weights"/> counts from 0 in order of use.</summary>
    public PlannerCase Shared(SlotPhase phase, int weights, long weightBytes, long own, int running = 0, double lastUsed = 0)
    {
        while (_weights.Count <= weights)
            _weights.Add(0);
        _weights[weights] = weightBytes;
        return Add(phase, own, weights, running, lastUsed, null);
    }

    /// <summary>Requests of these ages, in seconds, for the slot.</summary>
    public PlannerCase Wait(int slot, params double[] ages) => Wait([slot], RequestClass.Interactive, ages);

    public PlannerCase WaitBatch(int slot, params double[] ages) => Wait([slot], RequestClass.Batch, ages);

    public PlannerCase Wait(int[] slots, RequestClass requestClass, params double[] ages)
    {
        var queue = new QueueView(ages.Length, ages.Length == 0 ? TimeSpan.MaxValue : Now - TimeSpan.FromSeconds(ages.Max()), ages.Sum());
        var none = new QueueView(0, TimeSpan.MaxValue, 0);
        _groups.Add(requestClass == RequestClass.Interactive ? new GroupView(slots, queue, none) : new GroupView(slots, none, queue));
        return this;
    }

    public SchedulePlan Decide() => new SchedulePlanner(Options).Decide(
        new ScheduleView(Now, Budgets, _slots.ToArray(), _groups.ToArray(), _weights.ToArray()));

    PlannerCase Add(SlotPhase phase, long own, int weights, int running, double lastUsed, Func<SlotView, SlotView>? with)
    {
        var slot = new SlotView
        {
            Phase = phase,
            OwnBytes = own,
            Weights = weights,
            Running = running,
            Capacity = 8,
            LoadSeconds = 1,
            LastUsed = TimeSpan.FromSeconds(lastUsed),
        };
        _slots.Add(with is null ? slot : with(slot));
        return this;
    }
}
