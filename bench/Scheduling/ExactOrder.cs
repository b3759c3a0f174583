using Orchestrator.Experts.Scheduling.Lookahead;

namespace Orchestrator.Bench.Scheduling;

/// <summary>The least load seconds there can be, over all orders and evictions: for a handful of groups. The tests use it too.</summary>
static class ExactOrder
{
    public static double Seconds(LookaheadProblem problem)
    {
        var groups = problem.Groups.Select(g => (Wants: Mask(g.Experts), After: Mask(g.After))).ToArray();
        // By what is done, then by what is resident; a group only ever adds to the first.
        var states = Enumerable.Range(0, 1 << groups.Length).Select(_ => new Dictionary<int, double>()).ToArray();
        states[0][Mask(problem.Resident)] = 0;
        for (var done = 0; done < states.Length - 1; done++)
        {
            foreach (var (resident, seconds) in states[done])
            {
                for (var g = 0; g < groups.Length; g++)
                {
                    if ((done >> g & 1) == 0 && (groups[g].After & ~done) == 0)
                        Do(states[done | 1 << g], resident, groups[g].Wants, seconds);
                }
            }
        }

        return states[^1].Values.Min();

        void Do(Dictionary<int, double> into, int resident, int wants, double seconds)
        {
            var cost = seconds + Sum(wants & ~resident, e => problem.Experts[e].LoadSeconds);
            var others = resident & ~wants;
            // All that may stay beside the group, every subset of it.
            for (var kept = others; ; kept = (kept - 1) & others)
            {
                if (Sum(kept | wants, e => problem.Experts[e].Bytes) <= problem.Budget
                    && (!into.TryGetValue(kept | wants, out var before) || cost < before))
                    into[kept | wants] = cost;
                if (kept == 0)
                    return;
            }
        }

        double Sum(int mask, Func<int, double> of) =>
            Enumerable.Range(0, problem.Experts.Count).Where(e => (mask >> e & 1) != 0).Sum(of);
    }

    static int Mask(IEnumerable<int> indices) => indices.Aggregate(0, (mask, i) => mask | 1 << i);
}
