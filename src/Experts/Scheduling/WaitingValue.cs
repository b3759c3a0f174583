using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts.Scheduling;

/// <summary>What waiting requests are worth: the formulas of the scheduler, in requests and seconds.</summary>
static class WaitingValue
{
    /// <summary>How many batch requests weigh as much as one interactive request.</summary>
    public const double BatchPerInteractive = 100;

    /// <summary>
    /// Each request counts 1 + age / patience: after <see cref="SchedulerConfig.Patience"/> it counts double. A batch
    /// request counts a hundredth and has a hundred times the patience.
    /// </summary>
    public static double Gain(in GroupView group, int priority, SchedulerConfig options)
    {
        var patience = options.Patience.TotalSeconds;
        var interactive = group.Interactive.Count + group.Interactive.AgeSeconds / patience;
        var batch = group.Batch.Count + group.Batch.AgeSeconds / (patience * BatchPerInteractive);
        return (1 + priority) * (interactive + batch / BatchPerInteractive);
    }

    /// <summary>Requests expected to miss the evicted expert while the swap lasts and it is loaded back.</summary>
    public static double Loss(in SlotView victim, in SlotView loaded) =>
        (1 + victim.Priority) * victim.ArrivalRate * (victim.LoadSeconds + loaded.LoadSeconds);

    /// <summary>Seconds of loading that evicting it will probably cost later.</summary>
    public static double ReloadSeconds(in SlotView victim) =>
        victim.LoadSeconds * (1 - Math.Exp(-victim.ArrivalRate * DecayingRate.Memory.TotalSeconds));

    /// <summary>When the oldest request of a group passes the bound of its class; never for an empty group.</summary>
    public static TimeSpan Deadline(in GroupView group, SchedulerConfig options)
    {
        var interactive = After(group.Interactive.Oldest, options.MaxWait);
        var batch = After(group.Batch.Oldest, options.BatchMaxWait);
        return interactive < batch ? interactive : batch;
    }

    static TimeSpan After(TimeSpan oldest, TimeSpan bound) => oldest == TimeSpan.MaxValue ? oldest : oldest + bound;
}
