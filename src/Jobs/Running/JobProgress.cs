namespace Orchestrator.Jobs.Running;

/// <summary>The parts of a job's work, in their order.</summary>
public enum JobStage
{
    /// <summary>The skills of questions are named, where a policy wants them.</summary>
    Tag,

    /// <summary>Every item is planned.</summary>
    Route,

    /// <summary>The panels are asked, expert by expert.</summary>
    Ask,

    /// <summary>Panels are merged by experts, expert by expert. What needs no expert is merged while panels are asked.</summary>
    Merge,
}

/// <summary>Where a job stands.</summary>
public sealed record JobProgress
{
    public required JobStage Stage { get; init; }

    /// <summary>Items with an answer.</summary>
    public int ItemsDone { get; init; }

    /// <summary>Items that ended without one.</summary>
    public int ItemsFailed { get; init; }

    public int Items { get; init; }

    /// <summary>Experts of this stage whose calls are all answered.</summary>
    public int ExpertsDone { get; init; }

    /// <summary>Experts that this stage asks.</summary>
    public int Experts { get; init; }

    /// <summary>Models loaded since the run began, by anybody's requests.</summary>
    public long Loads { get; init; }

    /// <summary>Time that the rest takes at the pace so far; null while that is unknown.</summary>
    public TimeSpan? Remaining { get; init; }
}
