namespace Orchestrator.Router.Composition;

/// <summary>
/// A good map for pools too large to try every set of resident experts: from the best single experts, the expert of the
/// greatest gain per byte is added while there is room; then experts are added, or one replaced by another, while that helps.
/// <see cref="ResidentBound"/> says how far from the best it can be.
/// </summary>
static class LocalSearchComposition
{
    /// <summary>Single experts to grow a set from.</summary>
    const int Starts = 16;

    /// <summary>Grown sets to improve.</summary>
    const int Improved = 3;

    public static Assignment Solve(CompositionProblem problem)
    {
        int[] all = [.. Enumerable.Range(0, problem.Experts.Length)];
        Assignment best = all
            .Select(expert => new Candidate([expert], BudgetedAssignment.Best(problem, [expert])))
            .Where(start => start.Map is not null)
            .OrderByDescending(start => start.Map!.Quality).Take(Starts)
            .Select(start => Grow(problem, all, start))
            .OrderByDescending(grown => grown.Map!.Quality).Take(Improved)
            .Select(grown => Improve(problem, all, grown).Map!)
            .MaxBy(map => map.Quality)!;
        double bound = Math.Min(
            BudgetedAssignment.Best(problem, all) is { } free ? free.Quality + free.Slack : double.PositiveInfinity,
            ResidentBound.Least(problem, best.Quality));
        return best with { Slack = Math.Max(0, bound - best.Quality) };
    }

    static Candidate Grow(CompositionProblem problem, int[] all, Candidate set)
    {
        while (true)
        {
            Candidate? next = all.Except(set.Experts).Select(expert => set.With(problem, expert, set.Map!.Quality))
                .Where(grown => grown.Map is not null)
                .MaxBy(grown => (grown.Map!.Quality - set.Map!.Quality) / problem.Bytes[grown.Experts[^1]]);
            if (next is null)
                return set;
            set = next;
        }
    }

    static Candidate Improve(CompositionProblem problem, int[] all, Candidate set)
    {
        while (true)
        {
            Candidate best = set;
            foreach (int leaving in (int[])[-1, .. set.Experts])
            {
                var kept = new Candidate([.. set.Experts.Where(expert => expert != leaving)], null);
                foreach (int coming in all.Except(set.Experts))
                    if (kept.With(problem, coming, best.Map!.Quality) is { Map: not null } better)
                        best = better;
            }
            if (best == set)
                return set;
            // Where a large expert went, there may be room for more than one.
            set = Grow(problem, all, best);
        }
    }

    /// <summary>A set of resident experts within the budget on bytes, and its best map.</summary>
    sealed record Candidate(int[] Experts, Assignment? Map)
    {
        /// <returns>Without a map when there is no room, or none better than what is known.</returns>
        public Candidate With(CompositionProblem problem, int expert, double above)
        {
            int[] experts = [.. Experts, expert];
            bool room = experts.Sum(member => problem.Bytes[member]) <= problem.ByteLimit;
            Assignment? map = room ? BudgetedAssignment.Best(problem, experts, above) : null;
            return new Candidate(experts, map?.Quality > above ? map : null);
        }
    }
}
