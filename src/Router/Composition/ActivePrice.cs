namespace Orchestrator.Router.Composition;

/// <summary>
/// The Lagrangian relaxation of the budget on mean active parameters for given experts: at a multiplier λ every category
/// takes the expert of the greatest gain − λ · price, and Σ max(gain − λ · price) + λ · limit bounds every map's quality.
/// </summary>
/// <param name="Multiplier">λ where the bound is least.</param>
/// <param name="Bound">No map within the budget is better.</param>
/// <param name="Within">The best map found on the way that keeps to the budget; its slack is what the bound leaves.</param>
sealed record ActivePrice(double Multiplier, double Bound, Assignment Within)
{
    /// <returns>Null when no map over these experts keeps to the budget.</returns>
    public static ActivePrice? Find(CompositionProblem problem, IReadOnlyList<int> experts)
    {
        Relaxed over = At(problem, experts, 0);
        if (over.Price <= problem.ActiveLimit)
            return new ActivePrice(0, over.Gain, over.Assignment(0));
        Relaxed within = Cheapest(problem, experts);
        if (within.Price > problem.ActiveLimit)
            return null;
        double best = within.Gain;
        Relaxed bestWithin = within;
        while (true)
        {
            // Where the lines of the two maps cross; the dual is the highest of the lines of all maps.
            double multiplier = (over.Gain - within.Gain) / (over.Price - within.Price);
            Relaxed next = At(problem, experts, multiplier);
            if (next.Price <= problem.ActiveLimit && next.Gain > best)
                (best, bestWithin) = (next.Gain, next);
            double line = within.Gain - multiplier * within.Price;
            double height = next.Gain - multiplier * next.Price;
            if (height <= line + 1e-12 || next.Price == within.Price || next.Price == over.Price)
            {
                double bound = Math.Max(height, line) + multiplier * problem.ActiveLimit;
                return new ActivePrice(multiplier, bound, bestWithin.Assignment(Math.Max(0, bound - best)));
            }
            (over, within) = next.Price > problem.ActiveLimit ? (next, within) : (over, next);
        }
    }

    /// <returns>Σ over categories from each one on of max(gain − λ · price); one more entry, 0, at the end.</returns>
    public double[] Rest(CompositionProblem problem, IReadOnlyList<int> experts)
    {
        var rest = new double[problem.Categories + 1];
        for (int category = problem.Categories - 1; category >= 0; category--)
            rest[category] = rest[category + 1] + experts.Max(expert =>
                problem.Gains[category][expert] - Multiplier * problem.Prices[category][expert]);
        return rest;
    }

    static Relaxed At(CompositionProblem problem, IReadOnlyList<int> experts, double multiplier) => Choose(problem, experts,
        (gain, price, bestGain, bestPrice) => gain - multiplier * price > bestGain - multiplier * bestPrice);

    static Relaxed Cheapest(CompositionProblem problem, IReadOnlyList<int> experts) => Choose(problem, experts,
        (gain, price, bestGain, bestPrice) => price < bestPrice || price == bestPrice && gain > bestGain);

    static Relaxed Choose(
        CompositionProblem problem, IReadOnlyList<int> experts, Func<double, double, double, double, bool> better)
    {
        var choice = new int[problem.Categories];
        var (gain, price) = (0.0, 0.0);
        for (int category = 0; category < choice.Length; category++)
        {
            (double[] gains, double[] prices) = (problem.Gains[category], problem.Prices[category]);
            int best = experts[0];
            foreach (int expert in experts)
                if (better(gains[expert], prices[expert], gains[best], prices[best]))
                    best = expert;
            choice[category] = best;
            gain += gains[best];
            price += prices[best];
        }
        return new Relaxed(choice, gain, price);
    }

    sealed record Relaxed(int[] Choice, double Gain, double Price)
    {
        public Assignment Assignment(double slack) => new(Choice, Gain, slack);
    }
}
