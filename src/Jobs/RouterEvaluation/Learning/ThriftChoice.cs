namespace Orchestrator.Jobs.RouterEvaluation.Learning;

/// <summary>
/// The cheapest trade-off that keeps most of a reference expert's score, chosen on held-out training questions: the lower end of
/// what it keeps there, by some standard errors, must be enough.
/// </summary>
static class ThriftChoice
{
    /// <param name="choices">For each rate the expert's column for each question.</param>
    /// <returns>The rate; null when none keeps enough, so that only the reference itself does.</returns>
    public static int? Of(HeldOutOutcomes known, IReadOnlyList<int[]> choices, int reference, RouterEvaluationOptions options)
    {
        int? cheapest = null;
        double least = known.Cost(Enumerable.Repeat(reference, known.Count)) ?? double.PositiveInfinity;
        for (int rate = 0; rate < choices.Count; rate++)
        {
            double[] kept = [.. choices[rate].Select((column, row) => (column, row))
                .Where(pair => known.Has(pair.row, pair.column) && known.Has(pair.row, reference))
                .Select(pair => known.Score(pair.row, pair.column) - options.Keep * known.Score(pair.row, reference))];
            if (kept.Length < 2 || known.Cost(choices[rate]) is not { } cost || cost >= least)
                continue;
            double mean = kept.Average();
            double error = Math.Sqrt(kept.Sum(value => (value - mean) * (value - mean)) / (kept.Length - 1) / kept.Length);
            if (mean - options.Margin * error >= 0)
                (cheapest, least) = (rate, cost);
        }
        return cheapest;
    }
}
