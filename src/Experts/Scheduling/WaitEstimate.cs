using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>
/// How long a request that came now would wait at one slot for its first step: what routing may weigh against quality.
/// Made when something of the expert changes; what others change meanwhile is seen when it is read.
/// </summary>
/// <param name="Turns">How many service times until a sequence is free.</param>
/// <param name="Phase">Resident, loading, or anything else: then a load has to begin first.</param>
/// <param name="Service">Seconds that a request holds a sequence; null before any was measured.</param>
/// <param name="Load">Seconds of a load; null before any was measured.</param>
/// <param name="Progress">Of the load that is running.</param>
readonly record struct WaitEstimate(
    double Turns, SlotPhase Phase, double? Service, double? Load, MemoryAccount Account, long Bytes, LoadShare Progress)
{
    /// <summary>Whether a load has to begin first.</summary>
    public bool Cold => Phase is not (SlotPhase.Resident or SlotPhase.Loading);

    public static WaitEstimate Of(ExpertSlot slot, int waiting) => new(
        // Sequences come free one by one, on average every service time / capacity.
        (double)Math.Max(0, slot.Running + waiting - slot.Capacity + 1) / slot.Capacity,
        slot.Phase == SlotPhase.Resident && slot.Discard ? SlotPhase.Unloading : slot.Phase,
        slot.MeasuredService, slot.MeasuredLoad, slot.Account, slot.Bytes, slot.LoadProgress);

    /// <summary>Seconds of loading that are still to come.</summary>
    public double LoadLeft(GuessedPace pace)
    {
        var load = Load ?? Bytes / pace.BytesPerSecond;
        return Phase switch
        {
            SlotPhase.Resident => 0,
            SlotPhase.Loading => load * (1 - Progress.Value),
            _ => load,
        };
    }

    /// <param name="free">Bytes that nothing holds.</param>
    /// <param name="before">Seconds of loads that others wait for already.</param>
    public double Seconds(MemoryBudgets free, double before, GuessedPace pace)
    {
        var service = Service ?? pace.ServiceSeconds;
        var wait = Turns * service + LoadLeft(pace);
        if (!Cold)
            return wait;
        // Without room somebody has to end first: half a service time on average.
        return wait + before + (Bytes <= free.Of(Account) ? 0 : service / 2);
    }
}
