using Orchestrator.Experts.Scheduling.Lookahead;

namespace Orchestrator.Bench.Scheduling;

/// <summary>Groups of one to three experts with room for about half of all, some after others. The tests use them too.</summary>
static class RandomProblem
{
    public static LookaheadProblem Of(int groups, int experts, int seed)
    {
        var random = new Random(seed);
        var all = Enumerable.Range(0, experts)
            .Select(_ => (Bytes: random.NextInt64(50, 500), Pace: 0.5 + random.NextDouble()))
            .Select(e => new LookaheadExpert(e.Bytes, e.Bytes * e.Pace / 100)).ToArray();
        var budget = Math.Max(all.Sum(e => e.Bytes) / 2, all.OrderByDescending(e => e.Bytes).Take(3).Sum(e => e.Bytes));
        var work = Enumerable.Range(0, groups).Select(g => new LookaheadGroup(
            [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => random.Next(experts)).Distinct()],
            1 + random.Next(50),
            g > 0 && random.Next(3) == 0 ? [random.Next(g)] : [])).ToArray();
        return new LookaheadProblem(all, work, budget, [random.Next(experts)]);
    }
}
