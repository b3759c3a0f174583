namespace Orchestrator.Router.Skills;

/// <summary>From suitability and competency to each expert's share of the draw: w_i ∝ γ_i · S_i^φ with γ_i ∝ t_i^(1/τ).</summary>
static class RecruitWeights
{
    /// <param name="sums">S_i of each expert of the pool, as <paramref name="scores"/> sums them; at least one.</param>
    /// <param name="totals">t_i of each, likewise.</param>
    /// <param name="temperature">τ: below 1 the competent gain, above 1 competency hardly counts; the paper has 0.5, a square.</param>
    /// <param name="focus">Suitability counts to this power; the paper has 1.</param>
    /// <param name="trim">An expert with a smaller share is left out, unless it is the greatest.</param>
    /// <returns>Shares that sum to 1; 0 for those left out.</returns>
    public static double[] Of(ISkillScores scores, double[] sums, double[] totals, double temperature, double focus, double trim)
    {
        double[] suitability = Focused(scores.Suitability(sums), focus);
        double[] competency = scores.Competency(totals);
        double most = competency.Max();
        // As a share of the greatest, so that no power overflows. Where all are 0, none is more competent than another.
        double[] weights =
        [
            .. suitability.Zip(competency, (suited, competent) =>
                suited * (most > 0 ? Math.Pow(competent / most, 1 / temperature) : 1)),
        ];
        // Those that suit may have no competency at all; suitability decides then.
        double[] shares = Shares(weights.Sum() > 0 ? weights : suitability);
        double least = Math.Min(trim, shares.Max());
        return Shares([.. shares.Select(share => share >= least ? share : 0)]);
    }

    /// <summary>As shares of the greatest, so that no power overflows.</summary>
    static double[] Focused(double[] suitability, double focus)
    {
        double most = suitability.Max();
        return [.. suitability.Select(suited => Math.Pow(suited / most, focus))];
    }

    static double[] Shares(double[] weights)
    {
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
