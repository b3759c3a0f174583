namespace Orchestrator.Router.Composition;

/// <summary>
/// The best map over given experts within the budget on mean active parameters: a multiple-choice knapsack. Sums of gain and
/// price are built category by category; a sum that another one beats, or that the Lagrangian bound shows can no longer
/// become the best, is dropped.
/// </summary>
static class BudgetedAssignment
{
    /// <summary>Sums kept at most. The bound leaves far fewer; beyond it the result states its slack.</summary>
    const int MostSums = 50_000;

    /// <param name="problem">Gains, prices and the budget.</param>
    /// <param name="experts">The problem's experts that may be used; at least one.</param>
    /// <param name="above">Quality that is known to be reached elsewhere.</param>
    /// <returns>Null when no map over these experts keeps to the budget, or surely none is better than that.</returns>
    public static Assignment? Best(CompositionProblem problem, IReadOnlyList<int> experts, double above = double.NegativeInfinity)
    {
        const double Rounding = 1e-12;
        if (ActivePrice.Find(problem, experts) is not { } price || price.Bound <= above + Rounding)
            return null;
        if (price.Within.Slack <= Rounding)
            return price.Within with { Slack = 0 };

        double floor = Math.Max(above, price.Within.Quality);
        double[] rest = price.Rest(problem, experts);
        double[] least = LeastPrices(problem, experts);
        List<PartialSum> sums = [PartialSum.Nothing];
        double slack = 0;
        for (int category = 0; category < problem.Categories; category++)
        {
            (double[] gains, double[] prices) = (problem.Gains[category], problem.Prices[category]);
            List<PartialSum> next = [];
            foreach (PartialSum sum in sums)
                foreach (int expert in experts)
                {
                    (double gain, double spent) = (sum.Gain + gains[expert], sum.Price + prices[expert]);
                    double reach = gain + price.Multiplier * (problem.ActiveLimit - spent) + rest[category + 1];
                    if (spent + least[category + 1] <= problem.ActiveLimit && reach > floor + Rounding)
                        next.Add(new PartialSum(gain, spent, expert, sum));
                }
            sums = PartialSum.Front(next, MostSums, ref slack);
        }
        Assignment best = sums.Count > 0 && sums[^1].Gain > price.Within.Quality
            ? new Assignment(sums[^1].Experts(), sums[^1].Gain, slack)
            : price.Within with { Slack = slack };
        return best.Quality + slack > above + Rounding ? best : null;
    }

    static double[] LeastPrices(CompositionProblem problem, IReadOnlyList<int> experts)
    {
        var least = new double[problem.Categories + 1];
        for (int category = problem.Categories - 1; category >= 0; category--)
            least[category] = least[category + 1] + experts.Min(expert => problem.Prices[category][expert]);
        return least;
    }
}
