namespace Orchestrator.Router.Skills;

/// <summary>
/// The same idea on rates instead of counts:
/// <code>
/// profile               s_i[k] = (n⁺ − n⁻) / (n + n₀)
/// local suitability     S_i(q) = Σ u_k s_i[k] / Σ u_k over k in K_q (u: SkillWeights); where S_i ≤ 0 for all i: (1 + S_i) / 2
/// global competency     t_i = (1 + mean of s_i[k] over all k) / 2
/// </code>
/// A skill that many questions need counts no more than a rare one, and luck with two questions little. All values lie
/// between −1 and 1, so that a change from 50 to 500 profiled questions does not change who is recruited; the paper's shift
/// by the pool's minimum makes an expert's weight depend on how bad the worst one is, and is not needed here.
/// </summary>
/// <param name="prior">n₀: questions, half of them right, that every expert is given in every skill.</param>
sealed class ShrunkScores(double prior) : ISkillScores
{
    public double Of(SkillCount count) => count.Shrunk(prior);

    public double InAll(IReadOnlyList<double> scores) => scores.Average();

    public double Over(IReadOnlyList<double> scores, IReadOnlyList<double> weights) =>
        scores.Zip(weights, (score, weight) => score * weight).Sum() / weights.Sum();

    public double[] Competency(double[] totals) => Chances(totals);

    public double[] Suitability(double[] sums) =>
        sums.Any(sum => sum > 0) ? [.. sums.Select(sum => Math.Max(sum, 0))] : Chances(sums);

    static double[] Chances(double[] values) => [.. values.Select(value => (1 + value) / 2)];
}
