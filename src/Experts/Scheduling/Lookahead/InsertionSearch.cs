namespace Orchestrator.Experts.Scheduling.Lookahead;

/// <summary>Moves one group, or a few neighbours, to another place as long as that saves loading.</summary>
static class InsertionSearch
{
    const int LongestBlock = 3;

    /// <param name="visits">Group visits that it may spend.</param>
    public static int[] Improve(LookaheadProblem problem, Replay replay, int[] start, EvictionRule rule, long visits)
    {
        var order = start.ToArray();
        var trial = new int[order.Length];
        var place = new int[order.Length];
        var best = replay.Seconds(order, rule);
        var (from, idle) = (0, 0);
        // Coprime to most lengths: a search that ends early has looked at all parts of the order, not only at its head.
        var stride = order.Length > 100 ? 37 : 1;
        while (idle < order.Length && visits > 0)
        {
            if (Step(from))
                idle = 0;
            else
                idle++;
            from = (from + stride) % order.Length;
        }

        return order;

        bool Step(int from)
        {
            for (var block = 1; block <= LongestBlock && from + block <= order.Length; block++)
            {
                for (var to = 0; to + block <= order.Length && visits > 0; to++)
                {
                    if (to == from || !Near(from, to) || !Possible(from, block, to))
                        continue;
                    visits -= order.Length;
                    var seconds = replay.Seconds(trial, rule, best);
                    if (seconds >= best - 1e-9)
                        continue;
                    best = seconds;
                    trial.CopyTo(order, 0);
                    return true;
                }
            }

            return false;
        }

        // In a long order only places beside groups that share an expert, or a base, are worth a try.
        bool Near(int from, int to) => order.Length <= 60 || Shares(order[from], order[to])
            || (to > 0 && Shares(order[from], order[to - 1]));

        bool Shares(int a, int b) => problem.Groups[a].Experts.Any(
            e => problem.Groups[b].Experts.Contains(e) || (problem.Experts[e].Base >= 0 && problem.Groups[b].Experts.Any(other => SameBase(e, other))));

        bool SameBase(int a, int b) => problem.Experts[a].Base == problem.Experts[b].Base;

        bool Possible(int from, int block, int to)
        {
            order.CopyTo(trial, 0);
            var moved = order.AsSpan(from, block);
            if (to < from)
                order.AsSpan(to, from - to).CopyTo(trial.AsSpan(to + block));
            else
                order.AsSpan(from + block, to - from).CopyTo(trial.AsSpan(from));
            moved.CopyTo(trial.AsSpan(to));
            for (var at = 0; at < trial.Length; at++)
                place[trial[at]] = at;
            for (var at = Math.Min(from, to); at < Math.Max(from, to) + block; at++)
            {
                foreach (var before in problem.Groups[trial[at]].After)
                {
                    if (place[before] > at)
                        return false;
                }
            }

            return true;
        }
    }
}
