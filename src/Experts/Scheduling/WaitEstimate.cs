namespace Orchestrator.Experts.Scheduling;

/// <summary>How long a request that came now would wait for its first step: what routing may weigh against quality.</summary>
static class WaitEstimate
{
    /// <param name="free">Bytes of the budget that nothing holds.</param>
    public static double Seconds(SchedulerExpert expert, long free) => expert.Slots.Min(slot => Seconds(slot, expert.Waiting, free));

    static double Seconds(ExpertSlot slot, int waiting, long free)
    {
        var ahead = slot.Running + waiting;
        // Sequences come free one by one, on average every service time / capacity.
        var queue = Math.Max(0, ahead - slot.Capacity + 1) * slot.ServiceSeconds / slot.Capacity;
        return slot.Phase switch
        {
            SlotPhase.Resident when !slot.Discard => queue,
            SlotPhase.Loading => queue + slot.LoadSeconds * (1 - slot.LoadProgress.Value),
            // Somebody has to end first: half a service time on average.
            _ => queue + slot.LoadSeconds + (slot.Bytes <= free ? 0 : slot.ServiceSeconds / 2),
        };
    }
}
