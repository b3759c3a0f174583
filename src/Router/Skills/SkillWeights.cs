namespace Orchestrator.Router.Skills;

/// <summary>
/// How much each skill counts for who is recruited: u_k = (max_i s_i[k])^δ. That an expert is reliably right where a skill is
/// needed says who can do it. A skill in which nobody is reliable ("numbers") is many abilities under one name, and says little.
/// </summary>
static class SkillWeights
{
    /// <summary>Of a skill in which nobody is right more often than wrong: next to nothing, but not nothing.</summary>
    const double Least = 1e-3;

    /// <param name="best">The best expert's shrunk score in each skill, −1…1.</param>
    /// <param name="decisive">δ: 0 lets all skills count the same, as in the paper.</param>
    public static double[] Of(IEnumerable<double> best, double decisive) =>
        [.. best.Select(score => Math.Pow(Math.Max(score, Least), decisive))];
}
