using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>The loads of all experts that somebody waits for at this moment, as a newcomer finds them.</summary>
/// <param name="state">What was published last.</param>
/// <param name="parallel">Loads that run at once.</param>
sealed class LoadsAhead(PublishedState state, int parallel)
{
    readonly double _seconds = state.Experts.Values.Sum(expert => SecondsOf(expert, state.Pace));

    /// <summary>Bytes that nothing holds.</summary>
    readonly MemoryBudgets _free = new(
        state.Budgets.Cpu - state.Held.Cpu, state.Budgets.Gpu - state.Held.Gpu, state.Budgets.Router - state.Held.Router);

    public MemoryBudgets Budgets => state.Budgets;

    /// <summary>Seconds that a request which came now would wait for the expert's first step.</summary>
    public double Wait(PublishedExpert expert)
    {
        var others = Math.Max(0, _seconds - SecondsOf(expert, state.Pace)) / parallel;
        return expert.Waits.Min(wait => wait.Seconds(_free, others, state.Pace));
    }

    /// <summary>Of the loads that run, or that its requests wait for: the shortest, if it has variants.</summary>
    static double SecondsOf(PublishedExpert expert, GuessedPace pace)
    {
        if (expert.Loadings.Count > 0)
            return expert.Waits.Where(wait => wait.Phase == SlotPhase.Loading).Sum(wait => wait.LoadLeft(pace));
        return expert.Snapshot.WaitingRequests > 0 && expert.Waits.All(wait => wait.Cold)
            ? expert.Waits.Min(wait => wait.LoadLeft(pace))
            : 0;
    }
}
