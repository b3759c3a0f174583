using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>One slot as the planner sees it.</summary>
readonly record struct SlotView
{
    public SlotPhase Phase { get; init; }

    public MemoryAccount Account { get; init; }

    /// <summary>Index of its shared weights.</summary>
    public int Weights { get; init; }

    /// <summary>What it takes beyond them, in bytes.</summary>
    public long OwnBytes { get; init; }

    public int Running { get; init; }

    /// <summary>Most requests that may run on it at once.</summary>
    public int Capacity { get; init; }

    public TimeSpan LastUsed { get; init; }

    public bool Fresh { get; init; }

    public bool Discard { get; init; }

    public bool Retired { get; init; }

    /// <summary>Closed by the last decision to make room; stays so while who needs the room waits, whoever comes for it.</summary>
    public bool Draining { get; init; }

    public bool Wanted { get; init; }

    /// <summary>The last decision began to make room for it.</summary>
    public bool Committed { get; init; }

    public bool Pinned { get; init; }

    /// <summary>0…9; each step makes its waiting requests and its place count once more.</summary>
    public int Priority { get; init; }

    public double LoadSeconds { get; init; }

    /// <summary>Interactive requests a second that came for its expert lately: predicts when it is needed again.</summary>
    public double ArrivalRate { get; init; }

    public TimeSpan HeldUntil { get; init; }

    /// <summary>After a failed load: not loaded before this moment.</summary>
    public TimeSpan RetryAt { get; init; }

    /// <summary>Unloaded after so long without a request; null is never.</summary>
    public TimeSpan? IdleUnload { get; init; }

    public bool Open => Phase == SlotPhase.Resident && !Discard;
}

/// <summary>The requests that wait for the same slots.</summary>
/// <param name="Slots">Slot indices, the preferred first.</param>
readonly record struct GroupView(int[] Slots, QueueView Interactive, QueueView Batch)
{
    public int Count => Interactive.Count + Batch.Count;

    public QueueView Of(RequestClass requestClass) => requestClass == RequestClass.Interactive ? Interactive : Batch;
}

/// <summary>All that a decision depends on.</summary>
/// <param name="Budgets">Bytes by account, less what stuck models still hold.</param>
/// <param name="WeightBytes">Bytes of each shared weights; none where a stuck model holds them, since they are charged already.</param>
readonly record struct ScheduleView(
    TimeSpan Now, MemoryBudgets Budgets, ReadOnlyMemory<SlotView> Slots, ReadOnlyMemory<GroupView> Groups,
    ReadOnlyMemory<long> WeightBytes);
