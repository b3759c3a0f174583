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
    readonly LookaheadMemory _memory = new(problem);
    readonly List<int> _held = [];
    readonly List<int> _victims = [];
    readonly List<int> _loads = [];

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
            _victims.Clear();
            _loads.Clear();
            for (var k = 0; k < wanted.Length; k++)
            {
                var expert = wanted[k];
                // Its next use is now: no rule may take it while its group is served.
                (_next[expert], _lastUsed[expert]) = (at, at);
                if (_memory.Holds(expert))
                    continue;
                _loads.Add(expert);
                // Before anything goes: the base that it shares with a victim stays.
                seconds += _memory.Enter(expert);
            }

            if (_memory.Free < 0)
                MakeRoom(at, rule);
            _held.AddRange(_loads);
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
        _held.Clear();
        for (var at = order.Length - 1; at >= 0; at--)
        {
            var (wanted, nextAfter) = (_experts[order[at]], _nextAfter[order[at]]);
            for (var k = 0; k < wanted.Length; k++)
                (nextAfter[k], _next[wanted[k]]) = (_next[wanted[k]], at);
        }

        _memory.Clear();
        foreach (var expert in problem.Resident.Where(e => !_memory.Holds(e)))
        {
            _memory.Enter(expert);
            _held.Add(expert);
        }
    }

    void MakeRoom(int at, EvictionRule rule)
    {
        while (_memory.Free < 0)
        {
            var victim = -1;
            var least = double.MaxValue;
            foreach (var expert in _held)
            {
                if (_next[expert] == at || !_memory.Holds(expert))
                    continue;
                var keep = Keep(expert, at, rule);
                if (keep < least)
                    (victim, least) = (expert, keep);
            }

            _memory.Leave(victim);
            _victims.Add(victim);
        }

        // A later, larger victim may have made earlier ones needless.
        for (var i = _victims.Count - 1; i >= 0; i--)
        {
            if (_memory.Cost(_victims[i]).Bytes > _memory.Free)
                continue;
            _memory.Enter(_victims[i]);
            _victims.RemoveAt(i);
        }

        _held.RemoveAll(e => !_memory.Holds(e));
    }

    double Keep(int expert, int at, EvictionRule rule)
    {
        if (rule == EvictionRule.LeastRecent)
            return _lastUsed[expert];
        if (_next[expert] == Never)
            return double.MinValue;
        var distance = (double)(_next[expert] - at);
        if (rule == EvictionRule.NextUse)
            return -distance;
        var (bytes, seconds) = _memory.Cost(expert);
        return seconds / (Math.Max(1, bytes) * distance);
    }
}
