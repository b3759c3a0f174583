using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Jobs.Evaluation;

/// <summary>
/// Parts questions in two by a hash of their ids, whatever order they come in: one part to choose by, the other to report.
/// </summary>
static class ValidationSplit
{
    /// <summary>Both parts get at least one question, in the order given.</summary>
    /// <param name="questions">At least two.</param>
    /// <exception cref="EvalException">There are fewer.</exception>
    public static (IReadOnlyList<ProfileQuestion> Validation, IReadOnlyList<ProfileQuestion> Reported) Of(
        IReadOnlyList<ProfileQuestion> questions, double share)
    {
        if (questions.Count < 2)
        {
            throw new EvalException(
                "The best single expert must be chosen on other questions than those reported: "
                + "profile the experts first, or give at least two questions.");
        }
        int count = Math.Clamp((int)Math.Round(share * questions.Count), 1, questions.Count - 1);
        var chosen = questions.Select(question => question.Id).OrderBy(ArmNames.Digest, StringComparer.Ordinal).Take(count).ToHashSet();
        return ([.. questions.Where(question => chosen.Contains(question.Id))], [.. questions.Where(question => !chosen.Contains(question.Id))]);
    }
}
