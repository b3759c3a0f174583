namespace Orchestrator.Experts.Scheduling;

/// <summary>In which order loads are considered; within a tier by score or by age.</summary>
enum LoadTier
{
    /// <summary>A request waits beyond the bound of its class: before everything that came later.</summary>
    Overdue,

    Interactive,

    /// <summary>Nobody waits: preloads and pinned experts.</summary>
    Wanted,

    Batch,
}

/// <summary>A group whose expert is not loaded, and what loading it is worth.</summary>
/// <param name="Group">-1 when nobody waits.</param>
/// <param name="Slot">What to load when it has to be decided without looking at the room.</param>
/// <param name="Deadline">When its oldest request becomes, or became, overdue.</param>
/// <param name="Gain">Waiting requests, weighted by class, priority and age.</param>
/// <param name="Score">Gain per second of loading that it causes.</param>
/// <param name="Committed">Room is being made for it since an earlier decision.</param>
readonly record struct LoadCandidate(int Group, int Slot, LoadTier Tier, TimeSpan Deadline, double Gain, double Score, bool Committed)
{
    /// <summary>The most urgent first; ties by age, then by number, so that equal views give equal plans.</summary>
    public static int Order(LoadCandidate a, LoadCandidate b)
    {
        // As numbers: an enum's own CompareTo boxes both.
        if (a.Tier != b.Tier)
            return (int)a.Tier - (int)b.Tier;
        // Others of its tier may be worth more by the time its room is there; but then nothing would ever be finished.
        if (a.Committed != b.Committed)
            return b.Committed.CompareTo(a.Committed);
        var byMerit = a.Tier == LoadTier.Overdue ? a.Deadline.CompareTo(b.Deadline) : b.Score.CompareTo(a.Score);
        return byMerit != 0 ? byMerit : (a.Deadline, a.Slot).CompareTo((b.Deadline, b.Slot));
    }
}
