using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>What the scheduler's loop is told.</summary>
abstract record SchedulerMessage
{
    public sealed record Arrived(Waiter Waiter) : SchedulerMessage;

    /// <summary>The client is gone; its waiter may have been served in the meantime.</summary>
    public sealed record Left(Waiter Waiter, CancellationToken Cause) : SchedulerMessage;

    public sealed record Released(ExpertSlot Slot, TimeSpan? Service, TaskCompletionSource Counted) : SchedulerMessage;

    /// <summary>The model failed in a way that later requests would meet too, or is to be unloaded by hand.</summary>
    public sealed record Discarded(ExpertSlot Slot, IResidentModel Model) : SchedulerMessage;

    /// <summary>A load ended: with a model, or with the reason why not.</summary>
    public sealed record LoadEnded(ExpertSlot Slot, IResidentModel? Model, Exception? Error, TimeSpan Took) : SchedulerMessage;

    public sealed record UnloadEnded(Unloading Unloading) : SchedulerMessage;

    /// <summary>An unload does not come to its end.</summary>
    public sealed record UnloadStuck(Unloading Unloading) : SchedulerMessage;

    /// <summary>Experts and budgets from now on; experts that are not named again are retired.</summary>
    public sealed record Configured(
        IReadOnlyList<SchedulerExpert> Experts, MemoryBudgets Budgets, TaskCompletionSource Done) : SchedulerMessage;

    /// <summary>The time that the last decision wanted to be woken at, or the watchdog's proof that the loop turns.</summary>
    public sealed record Tick(TaskCompletionSource? Seen = null) : SchedulerMessage;

    public sealed record Stop : SchedulerMessage;
}
