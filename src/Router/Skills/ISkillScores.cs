namespace Orchestrator.Router.Skills;

/// <summary>A way to make the weights of recruiting from counts of right and wrong.</summary>
interface ISkillScores
{
    /// <summary>s_i[k]: what expert i is worth in skill k.</summary>
    double Of(SkillCount count);

    /// <summary>t_i: the scores in all skills of the profile as one.</summary>
    double InAll(IReadOnlyList<double> scores);

    /// <summary>S_i(q): the scores in the skills of a question as one.</summary>
    /// <param name="weights">u_k of each: how much it says; not all 0.</param>
    double Over(IReadOnlyList<double> scores, IReadOnlyList<double> weights);

    /// <returns>γ_i before the temperature, none below 0: how good each expert is in all, from the t_i of the pool.</returns>
    double[] Competency(double[] totals);

    /// <returns>The part of S_i that weighs, none below 0, and not all 0: how good each expert is for this question.</returns>
    double[] Suitability(double[] sums);
}
