using Orchestrator.Experts.Loading;

namespace Orchestrator.Experts.Scheduling;

/// <summary>An unload that runs.</summary>
sealed class Unloading(ExpertSlot slot, IResidentModel model, long ownBytes)
{
    public ExpertSlot Slot { get; } = slot;

    public IResidentModel Model { get; } = model;

    /// <summary>As this model holds them: the slot's may be those of another model by now.</summary>
    public long OwnBytes { get; } = ownBytes;

    /// <summary>It does not come to an end: its slot went on without the memory.</summary>
    public bool Lost { get; set; }
}

/// <summary>What the scheduler decided and has already entered in its state: to be done by its owner.</summary>
sealed class ScheduleStep
{
    public List<(Waiter Waiter, ExpertSlot Slot)> Grants { get; } = [];

    public List<(Waiter Waiter, ExpertException Reason)> Refusals { get; } = [];

    public List<ExpertSlot> Loads { get; } = [];

    public List<Unloading> Unloads { get; } = [];

    public ExpertSlot? Prefetch { get; set; }

    public TimeSpan WakeAt { get; set; }
}
