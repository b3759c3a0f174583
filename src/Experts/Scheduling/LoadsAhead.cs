using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>The loads of all experts that somebody waits for at this moment, as a newcomer finds them.</summary>
/// <param name="seconds">Of all of them, one after another.</param>
/// <param name="free">Bytes that nothing holds.</param>
/// <param name="parallel">Loads that run at once.</param>
sealed class LoadsAhead(double seconds, MemoryBudgets free, int parallel)
{
    public static LoadsAhead Of(PublishedState state, int parallel) => new(
        state.Experts.Values.Sum(SecondsOf),
        new MemoryBudgets(
            state.Budgets.Cpu - state.Held.Cpu, state.Budgets.Gpu - state.Held.Gpu, state.Budgets.Router - state.Held.Router),
        parallel);

    /// <summary>Seconds that a request which came now would wait for the expert's first step.</summary>
    public double Wait(PublishedExpert expert)
    {
        var others = Math.Max(0, seconds - SecondsOf(expert)) / parallel;
        return expert.Waits.Min(wait => wait.Seconds(free, others));
    }

    /// <summary>Of the load that runs, or that its requests wait for: the shortest, if it has variants.</summary>
    static double SecondsOf(PublishedExpert expert)
    {
        if (expert.Loadings.Count > 0)
            return expert.Waits.Where(wait => wait.Progress is not null).Sum(wait => wait.LoadLeft);
        return expert.Snapshot.WaitingRequests > 0 && expert.Waits.All(wait => wait.Cold) ? expert.Waits.Min(wait => wait.Load) : 0;
    }
}
