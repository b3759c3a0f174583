namespace Orchestrator.Router.Composition;

/// <summary>
/// The best map, by trying every set of resident experts that the budget on bytes has no room to extend; without such a
/// budget there is only one. A set is passed over when even its experts without the other budget are no better than the best.
/// </summary>
static class ExactComposition
{
    /// <summary>Experts for which all sets are tried in about a second.</summary>
    public const int MostExperts = 16;

    public static bool Serves(CompositionProblem problem) =>
        problem.Budget.MaxResidentBytes is null || problem.Experts.Length <= MostExperts;

    public static Assignment Solve(CompositionProblem problem)
    {
        int[] all = [.. Enumerable.Range(0, problem.Experts.Length)];
        if (problem.Budget.MaxResidentBytes is null)
            return BudgetedAssignment.Best(problem, all)!;
        Assignment? best = null;
        double bound = 0;
        foreach (List<int> resident in FullSets(problem.Bytes, problem.ByteLimit))
        {
            double reach = problem.Gains.Sum(row => resident.Max(expert => row[expert]));
            if (best is not null && reach <= best.Quality)
                continue;
            if (BudgetedAssignment.Best(problem, resident, best?.Quality ?? double.NegativeInfinity) is not { } found)
                continue;
            bound = best is null ? found.Quality + found.Slack : Math.Max(bound, found.Quality + found.Slack);
            if (best is null || found.Quality > best.Quality)
                best = found;
        }
        // There is one: the problem's own check found an expert that fits both budgets.
        return best! with { Slack = Math.Max(0, bound - best.Quality) };
    }

    /// <param name="bytes">Of each expert, smallest first.</param>
    /// <param name="limit">Of a set.</param>
    /// <returns>The sets within the limit that no expert can be added to; the largest experts first.</returns>
    static IEnumerable<List<int>> FullSets(long[] bytes, long limit)
    {
        return From(bytes.Length - 1, [], limit, long.MaxValue);

        // The smallest one left out so far is the last, for they come largest first.
        IEnumerable<List<int>> From(int expert, List<int> chosen, long room, long smallestOut)
        {
            if (expert < 0)
                return chosen.Count > 0 && smallestOut > room ? [[.. chosen.AsEnumerable().Reverse()]] : [];
            IEnumerable<List<int>> without = From(expert - 1, chosen, room, bytes[expert]);
            return bytes[expert] > room
                ? without
                : From(expert - 1, [.. chosen, expert], room - bytes[expert], smallestOut).Concat(without);
        }
    }
}
