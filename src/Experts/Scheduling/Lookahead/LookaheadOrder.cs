namespace Orchestrator.Experts.Scheduling.Lookahead;

/// <summary>Orders groups so that loading them takes little time. Pure and deterministic: equal problems give equal plans.</summary>
static class LookaheadOrder
{
    /// <summary>Group visits that the local search may spend in all: about a second.</summary>
    const long SearchVisits = 4_000_000;

    static readonly EvictionRule[] Rules = [EvictionRule.CostAware, EvictionRule.NextUse, EvictionRule.LeastRecent];

    /// <summary>Never worse than the given order, whichever rule evicts.</summary>
    public static LookaheadPlan Plan(LookaheadProblem problem)
    {
        problem.Validate();
        var replay = new Replay(problem);
        var least = LeastSeconds(problem);
        int[][] starts =
        [
            GreedyOrder.Of(problem, reloadWeight: 1), GreedyOrder.Of(problem, reloadWeight: 0),
            [.. Enumerable.Range(0, problem.Groups.Count)],
        ];
        var best = (Order: starts[^1], Rule: EvictionRule.LeastRecent, Seconds: double.MaxValue);
        foreach (var start in starts)
            Improve(start, searched: false);
        foreach (var start in starts)
            Improve(start, searched: true);
        return replay.Plan(best.Order, best.Rule);

        void Improve(int[] start, bool searched)
        {
            foreach (var rule in searched ? Rules.AsSpan(0, 2) : Rules)
            {
                // What must be loaded once cannot be loaded less.
                if (best.Seconds <= least + 1e-9)
                    return;
                var order = searched
                    ? InsertionSearch.Improve(problem, replay, start, rule, SearchVisits / (starts.Length * 2))
                    : start;
                var seconds = replay.Seconds(order, rule);
                if (seconds < best.Seconds)
                    best = (order, rule, seconds);
            }
        }
    }

    /// <summary>The baseline: groups as given, and the longest unused expert goes.</summary>
    public static LookaheadPlan AsGiven(LookaheadProblem problem)
    {
        problem.Validate();
        return new Replay(problem).Plan([.. Enumerable.Range(0, problem.Groups.Count)], EvictionRule.LeastRecent);
    }

    static double LeastSeconds(LookaheadProblem problem)
    {
        int[] missing = [.. problem.Groups.SelectMany(g => g.Experts).Except(problem.Resident)];
        return missing.Sum(e => problem.Experts[e].LoadSeconds)
            + problem.BasesOf(missing).Except(problem.BasesOf(problem.Resident)).Sum(b => problem.Bases[b].LoadSeconds);
    }
}
