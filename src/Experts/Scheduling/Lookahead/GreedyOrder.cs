namespace Orchestrator.Experts.Scheduling.Lookahead;

/// <summary>Always the group that is cheapest to get next, given what is resident; ties by what helps more groups later.</summary>
static class GreedyOrder
{
    /// <param name="reloadWeight">How much of the reload of what has to go counts as cost.</param>
    public static int[] Of(LookaheadProblem problem, double reloadWeight)
    {
        var groups = problem.Groups;
        var order = new int[groups.Count];
        var done = new bool[groups.Count];
        var uses = new int[problem.Experts.Count];
        foreach (var expert in groups.SelectMany(g => g.Experts.Distinct()))
            uses[expert]++;
        var held = problem.Resident.ToHashSet();
        var free = problem.Budget - held.Sum(e => problem.Experts[e].Bytes);
        for (var at = 0; at < order.Length; at++)
        {
            // Those that are not used again go for nothing; then the cheapest reload per byte.
            int[] victims = [.. held.OrderBy(e => uses[e] == 0 ? 0 : Reload(e) / Math.Max(1, problem.Experts[e].Bytes)).ThenBy(e => e)];
            var best = (Group: -1, Cost: double.MaxValue, Help: 0, Items: 0);
            for (var g = 0; g < groups.Count; g++)
            {
                if (done[g] || groups[g].After.Any(p => !done[p]))
                    continue;
                var candidate = (Group: g, Cost: Cost(groups[g].Experts, victims), Help: groups[g].Experts.Sum(e => uses[e]), groups[g].Items);
                if (candidate.Cost < best.Cost
                    || (candidate.Cost == best.Cost && (candidate.Help, candidate.Items).CompareTo((best.Help, best.Items)) > 0))
                    best = candidate;
            }

            order[at] = best.Group;
            done[best.Group] = true;
            Enter([.. groups[best.Group].Experts.Distinct()], victims);
        }

        return order;

        double Reload(int expert) => uses[expert] == 0 ? 0 : problem.Experts[expert].LoadSeconds;

        double Cost(IReadOnlyList<int> wanted, int[] victims)
        {
            var (cost, shortage) = (0.0, -free);
            foreach (var expert in wanted.Where(e => !held.Contains(e)))
            {
                cost += problem.Experts[expert].LoadSeconds;
                shortage += problem.Experts[expert].Bytes;
            }

            for (var v = 0; v < victims.Length && shortage > 0; v++)
            {
                if (wanted.Contains(victims[v]))
                    continue;
                shortage -= problem.Experts[victims[v]].Bytes;
                cost += reloadWeight * Reload(victims[v]);
            }

            return cost;
        }

        void Enter(int[] wanted, int[] victims)
        {
            var missing = wanted.Where(e => !held.Contains(e)).ToArray();
            free -= missing.Sum(e => problem.Experts[e].Bytes);
            foreach (var victim in victims.Where(v => !wanted.Contains(v)).TakeWhile(_ => free < 0))
            {
                held.Remove(victim);
                free += problem.Experts[victim].Bytes;
            }

            held.UnionWith(missing);
            foreach (var expert in wanted)
                uses[expert]--;
        }
    }
}
