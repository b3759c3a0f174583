using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>
/// How long a request that came now would wait at one slot for its first step: what routing may weigh against quality.
/// Made when something of the expert changes; what others change meanwhile is seen when it is read.
/// </summary>
/// <param name="Queue">Seconds until a sequence is free.</param>
/// <param name="Load">Seconds of a load that has not begun or is running; 0 when resident.</param>
/// <param name="NoRoom">Seconds more when the bytes of a load are not free.</param>
/// <param name="Progress">Of the load that is running; null where none is.</param>
readonly record struct WaitEstimate(
    double Queue, double Load, double NoRoom, MemoryAccount Account, long Bytes, LoadShare? Progress)
{
    /// <summary>Seconds of loading that are still to come.</summary>
    public double LoadLeft => Load * (1 - (Progress?.Value ?? 0));

    /// <summary>Whether a load has to begin first.</summary>
    public bool Cold => Load > 0 && Progress is null;

    public static WaitEstimate Of(ExpertSlot slot, int waiting)
    {
        // Sequences come free one by one, on average every service time / capacity.
        var queue = Math.Max(0, slot.Running + waiting - slot.Capacity + 1) * slot.ServiceSeconds / slot.Capacity;
        var estimate = new WaitEstimate(queue, slot.LoadSeconds, 0, slot.Account, slot.Bytes, null);
        return slot.Phase switch
        {
            SlotPhase.Resident when !slot.Discard => estimate with { Load = 0 },
            SlotPhase.Loading => estimate with { Progress = slot.LoadProgress },
            // Somebody has to end first: half a service time on average.
            _ => estimate with { NoRoom = slot.ServiceSeconds / 2 },
        };
    }

    /// <param name="free">Bytes that nothing holds.</param>
    /// <param name="before">Seconds of loads that others wait for already.</param>
    public double Seconds(MemoryBudgets free, double before) =>
        Queue + LoadLeft + (Cold ? before : 0) + (Bytes <= free.Of(Account) ? 0 : NoRoom);
}
