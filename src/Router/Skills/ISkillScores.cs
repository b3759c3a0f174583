namespace Orchestrator.Router.Skills;

/// <summary>A way to make the weights of recruiting from counts of right and wrong.</summary>
interface ISkillScores
{
    /// <summary>s_i[k]: what expert i is worth in skill k.</summary>
    double Of(SkillCount count);

    /// <summary>The scores of several skills as one: S_i(q) over the question's, t_i over all of the profile.</summary>
    double Over(IReadOnlyCollection<double> scores);

    /// <returns>γ_i before the temperature, none below 0: how good each expert is in all, from the t_i of the pool.</returns>
    double[] Competency(double[] totals);

    /// <returns>The part of S_i that weighs, none below 0, and not all 0: how good each expert is for this question.</returns>
    double[] Suitability(double[] sums);
}
