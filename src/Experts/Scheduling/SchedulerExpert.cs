namespace Orchestrator.Experts.Scheduling;

/// <summary>One expert with its files and its two queues.</summary>
sealed class SchedulerExpert
{
    /// <param name="slots">The expert's own file, then its variants in order of preference.</param>
    public SchedulerExpert(IReadOnlyList<ExpertSlot> slots)
    {
        Slots = slots;
        Exact = new RequestGroup(0, [slots[0]]);
        Tolerant = slots.Count > 1 ? new RequestGroup(0, slots) : Exact;
    }

    public string Id => Slots[0].Id;

    public IReadOnlyList<ExpertSlot> Slots { get; }

    /// <summary>Requests that only the expert's own file may answer.</summary>
    public RequestGroup Exact { get; }

    /// <summary>Requests that a variant may answer too; the same queue when there is none.</summary>
    public RequestGroup Tolerant { get; }

    public IEnumerable<RequestGroup> Groups => Exact == Tolerant ? [Exact] : [Exact, Tolerant];

    public int Waiting => Groups.Sum(g => g.Count);

    public bool Retired => Slots[0].Retired;
}
