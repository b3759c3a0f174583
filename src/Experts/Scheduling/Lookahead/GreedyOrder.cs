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
        var memory = new LookaheadMemory(problem);
        var (entered, left) = (new List<int>(), new List<int>());
        foreach (var expert in problem.Resident.Distinct())
            memory.Enter(expert);
        for (var at = 0; at < order.Length; at++)
        {
            // Those that are not used again go for nothing; then the cheapest reload per byte.
            int[] victims = [.. Enumerable.Range(0, uses.Length).Where(memory.Holds)
                .OrderBy(e => Reload(e) / Math.Max(1, memory.Cost(e).Bytes)).ThenBy(e => e)];
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
            Enter(groups[best.Group].Experts, victims);
            foreach (var expert in groups[best.Group].Experts.Distinct())
                uses[expert]--;
        }

        return order;

        double Reload(int expert) => uses[expert] == 0 ? 0 : memory.Cost(expert).Seconds;

        // Tried out and taken back: what a victim returns depends on who else is there.
        double Cost(IReadOnlyList<int> wanted, int[] victims)
        {
            var cost = Enter(wanted, victims);
            left.ForEach(e => memory.Enter(e));
            entered.ForEach(memory.Leave);
            return cost;
        }

        double Enter(IReadOnlyList<int> wanted, int[] victims)
        {
            var cost = 0.0;
            entered.Clear();
            left.Clear();
            foreach (var expert in wanted.Where(e => !memory.Holds(e)))
            {
                cost += memory.Enter(expert);
                entered.Add(expert);
            }

            for (var v = 0; v < victims.Length && memory.Free < 0; v++)
            {
                if (wanted.Contains(victims[v]))
                    continue;
                cost += reloadWeight * Reload(victims[v]);
                memory.Leave(victims[v]);
                left.Add(victims[v]);
            }

            return cost;
        }
    }
}
