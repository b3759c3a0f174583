namespace Orchestrator.Experts.Scheduling;

/// <summary>Why all requests of a group are refused.</summary>
enum RefusalKind
{
    /// <summary>No slot of the group fits its whole budget.</summary>
    TooLarge,

    /// <summary>It would fit, but what is pinned leaves no room for it.</summary>
    PinnedFull,

    /// <summary>Its load failed and the pause before the next try is not over.</summary>
    Failing,
}

/// <summary>The first <paramref name="Count"/> waiters of a group's class get the slot.</summary>
readonly record struct Grant(int Group, RequestClass Class, int Slot, int Count);

readonly record struct Refusal(int Group, RefusalKind Kind);

/// <summary>What to do now. Slots and groups are given by their index.</summary>
sealed class SchedulePlan
{
    public List<Grant> Grants { get; } = [];

    public List<Refusal> Refusals { get; } = [];

    /// <summary>Cold slots for which there is room.</summary>
    public List<int> Loads { get; } = [];

    /// <summary>Resident slots on which nothing runs and that are to go.</summary>
    public List<int> Unloads { get; } = [];

    /// <summary>Those of the unloads that nobody needs the room of: unused for long.</summary>
    public HashSet<int> Idle { get; } = [];

    /// <summary>Busy resident slots that are to go: they take no new request.</summary>
    public HashSet<int> Draining { get; } = [];

    /// <summary>Cold slots for which room is being made.</summary>
    public List<int> Committed { get; } = [];

    /// <summary>The slot that would be loaded next: its file may be read ahead; -1 for none.</summary>
    public int Prefetch { get; set; } = -1;

    /// <summary>When to decide again if nothing happens before.</summary>
    public TimeSpan WakeAt { get; private set; } = TimeSpan.MaxValue;

    public void Wake(TimeSpan at) => WakeAt = at < WakeAt ? at : WakeAt;
}
