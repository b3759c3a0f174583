namespace Orchestrator.Router.Composition;

/// <summary>A map that no other beats in both size and quality.</summary>
/// <param name="Size">Resident bytes, or mean active parameters: the smallest budget that this quality fits.</param>
/// <param name="Quality">Expected mean score.</param>
/// <param name="Experts">The expert of each category, by name.</param>
sealed record ParetoPoint(double Size, double Quality, IReadOnlyList<string> Experts);

/// <summary>Budget against expected quality.</summary>
/// <param name="Points">Smallest first; quality rises.</param>
/// <param name="Gap">At any budget no map is better than the point that fits it by more; 0 when exact, null when not known.</param>
/// <param name="Excluded">Sentences on experts that are in no point.</param>
sealed record ParetoFront(IReadOnlyList<ParetoPoint> Points, double? Gap, IReadOnlyList<string> Excluded)
{
    /// <summary>Sums kept of a front by mean active parameters; beyond it the gap is stated.</summary>
    const int MostSums = 5000;

    /// <summary>Budgets tried where the pool is too large for all sets.</summary>
    const int Budgets = 24;

    /// <exception cref="CompositionException">No expert has outcomes and a known size.</exception>
    public static ParetoFront ByResidentBytes(CategoryScores scores, IReadOnlyList<ExpertSize> sizes)
    {
        CompositionProblem problem = CompositionProblem.Of(scores, sizes, new CompositionBudget(MaxResidentBytes: long.MaxValue));
        bool exact = problem.Experts.Length <= ExactComposition.MostExperts;
        IEnumerable<Assignment> maps = exact ? AllSets(problem) : Searched(problem, sizes);
        return new ParetoFront(Best(problem, maps.Select(map => ((double)map.Bytes(problem), map))), exact ? 0 : null, problem.Excluded);
    }

    /// <exception cref="CompositionException">No expert has outcomes and known active parameters.</exception>
    public static ParetoFront ByMeanActive(CategoryScores scores, IReadOnlyList<ExpertSize> sizes)
    {
        CompositionProblem problem = CompositionProblem.Of(
            scores, sizes, new CompositionBudget(MaxMeanActiveParameters: double.MaxValue));
        List<PartialSum> sums = [PartialSum.Nothing];
        double slack = 0;
        for (int category = 0; category < problem.Categories; category++)
        {
            (double[] gains, double[] prices) = (problem.Gains[category], problem.Prices[category]);
            sums = PartialSum.Front(
                from sum in sums
                from expert in Enumerable.Range(0, problem.Experts.Length)
                select new PartialSum(sum.Gain + gains[expert], sum.Price + prices[expert], expert, sum),
                MostSums, ref slack);
        }
        return new ParetoFront(
            Best(problem, sums.Select(sum => (sum.Price, new Assignment(sum.Experts(), sum.Gain, 0)))), slack, problem.Excluded);
    }

    static List<ParetoPoint> Best(CompositionProblem problem, IEnumerable<(double Size, Assignment Map)> maps)
    {
        List<ParetoPoint> front = [];
        foreach ((double size, Assignment map) in maps.OrderBy(map => map.Size).ThenByDescending(map => map.Map.Quality))
            if (front.Count == 0 || map.Quality > front[^1].Quality + 1e-12)
                front.Add(new ParetoPoint(size, map.Quality,
                    [.. map.Experts.Select(expert => problem.Scores.Experts[problem.Experts[expert]])]));
        return front;
    }

    /// <returns>For every set of experts the best map over it.</returns>
    static IEnumerable<Assignment> AllSets(CompositionProblem problem)
    {
        for (int set = 1; set < 1 << problem.Experts.Length; set++)
        {
            var choice = new int[problem.Categories];
            double quality = 0;
            for (int category = 0; category < choice.Length; category++)
            {
                double[] gains = problem.Gains[category];
                int best = -1;
                for (int expert = 0; expert < gains.Length; expert++)
                    if ((set >> expert & 1) == 1 && (best < 0 || gains[expert] > gains[best]))
                        best = expert;
                choice[category] = best;
                quality += gains[best];
            }
            yield return new Assignment(choice, quality, 0);
        }
    }

    /// <returns>Maps at budgets from the smallest expert to all of them, evenly spaced on a logarithmic scale.</returns>
    static IEnumerable<Assignment> Searched(CompositionProblem problem, IReadOnlyList<ExpertSize> sizes)
    {
        double least = problem.Bytes.Min();
        double whole = problem.Bytes.Sum(bytes => (double)bytes);
        for (int step = 0; step < Budgets; step++)
        {
            double budget = least * Math.Pow(whole / least, step / (Budgets - 1.0));
            CompositionProblem limited = CompositionProblem.Of(
                problem.Scores, sizes, new CompositionBudget((long)Math.Ceiling(budget)));
            Assignment map = ExactComposition.Serves(limited)
                ? ExactComposition.Solve(limited)
                : LocalSearchComposition.Solve(limited);
            yield return map with
            {
                Experts = [.. map.Experts.Select(expert => Array.IndexOf(problem.Experts, limited.Experts[expert]))],
            };
        }
    }
}
