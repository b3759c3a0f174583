namespace Orchestrator.Router.Composition;

/// <summary>
/// An upper bound on the quality of every map within both budgets: the Lagrangian dual of the choice as a facility location
/// problem. For any multipliers u_c, μ ≥ 0 (bytes) and λ ≥ 0 (active parameters),
/// <code>
/// Σ_c u_c + μ + λ + Σ_e max(0, Σ_c max(0, gain(c, e) − λ · price(c, e) / limit − u_c) − μ · bytes(e) / limit)
/// </code>
/// is one; subgradient steps toward a known quality (Polyak) make it small.
/// </summary>
static class ResidentBound
{
    const int Steps = 2000;

    /// <param name="problem">With a budget on bytes.</param>
    /// <param name="reached">Quality that some map within the budgets has.</param>
    public static double Least(CompositionProblem problem, double reached)
    {
        int categories = problem.Categories;
        // u, then μ, then λ.
        double[] multipliers = [.. problem.Gains.Select(row => row.Max()), 0, 0];
        var slopes = new double[categories + 2];
        double least = double.PositiveInfinity;
        double pace = 1;
        int since = 0;
        for (int step = 0; step < Steps && least > reached; step++)
        {
            double bound = At(problem, multipliers, slopes);
            (least, since) = bound < least - 1e-9 ? (bound, 0) : (Math.Min(least, bound), since + 1);
            if (since == 30)
                (pace, since) = (pace / 2, 0);
            double square = slopes.Sum(slope => slope * slope);
            if (square == 0)
                break;
            double length = pace * Math.Max(bound - reached, 0) / square;
            for (int i = 0; i < multipliers.Length; i++)
            {
                double moved = multipliers[i] - length * slopes[i];
                multipliers[i] = i < categories ? moved : Math.Max(moved, 0);
            }
        }
        return least;
    }

    static double At(CompositionProblem problem, double[] multipliers, double[] slopes)
    {
        int categories = problem.Categories;
        double bytePrice = multipliers[categories];
        double activePrice = multipliers[categories + 1];
        bool active = problem.Budget.MaxMeanActiveParameters is not null;
        Array.Fill(slopes, 1);
        if (!active)
            slopes[^1] = 0;
        double bound = multipliers.Take(categories).Sum() + bytePrice + (active ? activePrice : 0);
        for (int expert = 0; expert < problem.Experts.Length; expert++)
        {
            double bytes = (double)problem.Bytes[expert] / problem.ByteLimit;
            double worth = -bytePrice * bytes;
            for (int category = 0; category < categories; category++)
                worth += Math.Max(0, Surplus(category, expert));
            if (worth <= 0)
                continue;
            bound += worth;
            slopes[categories] -= bytes;
            for (int category = 0; category < categories; category++)
                if (Surplus(category, expert) > 0)
                {
                    slopes[category]--;
                    slopes[^1] -= Share(category, expert);
                }
        }
        return bound;

        double Share(int category, int expert) => active ? problem.Prices[category][expert] / problem.ActiveLimit : 0;

        double Surplus(int category, int expert) =>
            problem.Gains[category][expert] - activePrice * Share(category, expert) - multipliers[category];
    }
}
