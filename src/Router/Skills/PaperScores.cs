namespace Orchestrator.Router.Skills;

/// <summary>
/// Symbolic-MoE (arXiv 2503.05641) with the constants of its released code:
/// <code>
/// profile               s_i[k] = n⁺ − n⁻
/// local suitability     S_i(q) = Σ s_i[k] over k in K_q; where S_i ≤ 0 for all i: S_i − min S + 1
/// global competency     t_i = Σ s_i[k] over all k;       where min t &lt; 0:          t_i − min t + 1
/// </code>
/// </summary>
sealed class PaperScores : ISkillScores
{
    public double Of(SkillCount count) => count.Right - count.Wrong;

    public double InAll(IReadOnlyList<double> scores) => scores.Sum();

    /// <summary>All skills count the same.</summary>
    public double Over(IReadOnlyList<double> scores, IReadOnlyList<double> weights) => scores.Sum();

    public double[] Competency(double[] totals) => totals.Min() < 0 ? Shifted(totals) : totals;

    public double[] Suitability(double[] sums) =>
        sums.Any(sum => sum > 0) ? [.. sums.Select(sum => Math.Max(sum, 0))] : Shifted(sums);

    static double[] Shifted(double[] values)
    {
        double least = values.Min();
        return [.. values.Select(value => value - least + 1)];
    }
}
