namespace Orchestrator.Experts.Scheduling.Lookahead;

/// <summary>Which resident expert goes first.</summary>
enum EvictionRule
{
    /// <summary>Least seconds of reload per byte and step until the next use.</summary>
    CostAware,

    /// <summary>Next used last (Belady).</summary>
    NextUse,

    /// <summary>Unused longest, which needs no knowledge of the plan: the baseline.</summary>
    LeastRecent,
}

/// <summary>Runs an order through the memory. An object only to reuse its work arrays; not for concurrent use.</summary>
sealed class Replay(LookaheadProblem problem)
{
    const int Never = int.MaxValue;

    readonly int[][] _experts = [.. problem.Groups.Select(g => g.Experts.Distinct().ToArray())];
    readonly int[][] _nextAfter = [.. problem.Groups.Select(g => new int[g.Experts.Count])];
    readonly int[] _next = new int[problem.Experts.Count];
    readonly int[] _lastUsed = new int[problem.Experts.Count];
    readonly bool[] _resident = new bool[problem.Experts.Count];
    readonly List<int> _held = [];
    readonly List<int> _victims = [];
    readonly List<int> _loads = [];
    long _free;

    public double Seconds(ReadOnlySpan<int> order, EvictionRule rule, double bound = double.MaxValue) => Run(order, rule, bound, null);

    public LookaheadPlan Plan(int[] order, EvictionRule rule)
    {
        var steps = new List<LookaheadStep>(order.Length);
        return new LookaheadPlan(steps, Run(order, rule, double.MaxValue, steps));
    }

    /// <summary>Ends early, with some number above it, when the bound is passed.</summary>
    double Run(ReadOnlySpan<int> order, EvictionRule rule, double bound, List<LookaheadStep>? steps)
    {
        Open(order);
        var seconds = 0.0;
        for (var at = 0; at < order.Length && seconds <= bound; at++)
        {
            var (wanted, nextAfter) = (_experts[order[at]], _nextAfter[order[at]]);
            var need = 0L;
            _victims.Clear();
            _loads.Clear();
            for (var k = 0; k < wanted.Length; k++)
            {
                var expert = wanted[k];
                // Its next use is now: no rule may take it while its group is served.
                (_next[expert], _lastUsed[expert]) = (at, at);
                if (_resident[expert])
                    continue;
                _loads.Add(expert);
                need += problem.Experts[expert].Bytes;
                seconds += problem.Experts[expert].LoadSeconds;
            }

            if (need > _free)
                MakeRoom(need, at, rule);
            foreach (var expert in _loads)
            {
                _resident[expert] = true;
                _held.Add(expert);
            }

            _free -= need;
            for (var k = 0; k < wanted.Length; k++)
                _next[wanted[k]] = nextAfter[k];
            steps?.Add(new LookaheadStep(order[at], [.. _victims], [.. _loads]));
        }

        return seconds;
    }

    void Open(ReadOnlySpan<int> order)
    {
        Array.Fill(_next, Never);
        Array.Fill(_lastUsed, -1);
        Array.Clear(_resident);
        _held.Clear();
        for (var at = order.Length - 1; at >= 0; at--)
        {
            var (wanted, nextAfter) = (_experts[order[at]], _nextAfter[order[at]]);
            for (var k = 0; k < wanted.Length; k++)
                (nextAfter[k], _next[wanted[k]]) = (_next[wanted[k]], at);
        }

        _free = problem.Budget;
        foreach (var expert in problem.Resident.Where(e => !_resident[e]))
        {
            _resident[expert] = true;
            _held.Add(expert);
            _free -= problem.Experts[expert].Bytes;
        }
    }

    void MakeRoom(long need, int at, EvictionRule rule)
    {
        while (_free < need)
        {
            var victim = -1;
            var least = double.MaxValue;
            foreach (var expert in _held)
            {
                if (_next[expert] == at || !_resident[expert])
                    continue;
                var keep = Keep(expert, at, rule);
                if (keep < least)
                    (victim, least) = (expert, keep);
            }

            Evict(victim);
        }

        // A later, larger victim may have made earlier ones needless.
        for (var i = _victims.Count - 1; i >= 0; i--)
        {
            var bytes = problem.Experts[_victims[i]].Bytes;
            if (_free - bytes < need)
                continue;
            _free -= bytes;
            _resident[_victims[i]] = true;
            _victims.RemoveAt(i);
        }

        _held.RemoveAll(e => !_resident[e]);
    }

    void Evict(int expert)
    {
        _resident[expert] = false;
        _free += problem.Experts[expert].Bytes;
        _victims.Add(expert);
    }

    double Keep(int expert, int at, EvictionRule rule)
    {
        if (rule == EvictionRule.LeastRecent)
            return _lastUsed[expert];
        if (_next[expert] == Never)
            return double.MinValue;
        var distance = (double)(_next[expert] - at);
        return rule == EvictionRule.NextUse
            ? -distance
            : problem.Experts[expert].LoadSeconds / (Math.Max(1, problem.Experts[expert].Bytes) * distance);
    }
}
