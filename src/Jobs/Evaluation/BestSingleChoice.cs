using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Evaluation;

/// <summary>
/// How the best single expert is chosen: on the profile, never on what is reported. Without a profile, part of the questions
/// is set aside for it.
/// </summary>
/// <param name="Expert">Null until the experts have answered the validation questions.</param>
/// <param name="Validation">Set aside; empty with a profile.</param>
/// <param name="Reported">What scores are told of.</param>
/// <param name="ChosenOn">The questions by which it is chosen, in words.</param>
sealed record BestSingleChoice(
    string? Expert, IReadOnlyList<ProfileQuestion> Validation, IReadOnlyList<ProfileQuestion> Reported, string ChosenOn)
{
    /// <exception cref="EvalException">There is no profile, and too few questions to set some aside.</exception>
    public static BestSingleChoice Of(IReadOnlyList<ProfileQuestion> questions, EvalSubjects subjects, EvalOptions options)
    {
        if (!options.Baselines)
            return new BestSingleChoice(null, [], questions, "");
        OutcomeTable known = subjects.Profile.OnlyExperts(subjects.Experts.ToHashSet(StringComparer.Ordinal));
        if (known.Rows.Any(row => row.Outcomes.Any(outcome => outcome is not null)))
        {
            return new BestSingleChoice(
                RoutingEvaluation.BestSingle(known, known.Experts.ToHashSet(StringComparer.Ordinal)), [], questions,
                $"the profile of {known.Rows.Count} questions");
        }
        var (validation, rest) = ValidationSplit.Of(questions, options.ValidationShare);
        return new BestSingleChoice(
            null, validation, rest, $"{validation.Count} questions of the dataset, which are not in the report: there is no profile");
    }

    /// <returns>The expert; where it is not known yet, the best on the validation questions and the first id of equals.</returns>
    public string Choose(IReadOnlyList<string> experts, GradedArms graded) => Expert ?? experts
        .OrderByDescending(expert => Validation.Sum(question => graded[expert, question].Score ?? 0))
        .ThenBy(expert => expert, StringComparer.Ordinal)
        .First();
}
