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
    /// <summary>Experts that may have been better and could not show it, in sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

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
                $"the profile of {known.Rows.Count} questions")
            {
                Warnings = [.. Incomplete(known, subjects.Experts)],
            };
        }
        var (validation, rest) = ValidationSplit.Of(questions, options.ValidationShare);
        return new BestSingleChoice(
            null, validation, rest, $"{validation.Count} questions of the dataset, which are not in the report: there is no profile");
    }

    /// <returns>
    /// The expert; where it is not known yet, the best on the validation questions and the first id of equals. Answers that
    /// could not be graded are neither right nor wrong.
    /// </returns>
    public string Choose(IReadOnlyList<string> experts, GradedArms graded) => Expert ?? experts
        .OrderByDescending(expert => Validation.Average(question => graded[expert, question].Score) ?? -1)
        .ThenBy(expert => expert, StringComparer.Ordinal)
        .First();

    static IEnumerable<string> Incomplete(OutcomeTable known, IReadOnlyList<string> experts)
    {
        var asked = experts.Select(expert => (expert, count: Asked(known, known.ColumnOf(expert)))).ToArray();
        string[] missing = [.. asked.Where(pair => pair.count == 0).Select(pair => pair.expert)];
        if (missing.Length > 0)
            yield return $"{string.Join(", ", missing)} could not be chosen as the best single expert: the profile has no outcome of theirs.";
        string[] partial =
        [
            .. asked.Where(pair => pair.count > 0 && pair.count < known.Rows.Count).Select(pair => $"{pair.expert} ({pair.count})"),
        ];
        if (partial.Length > 0)
        {
            yield return $"The best single expert was chosen by means over different questions: of the {known.Rows.Count} of the profile "
                + $"only some were put to {string.Join(", ", partial)}.";
        }
    }

    static int Asked(OutcomeTable known, int column) => column < 0 ? 0 : known.Rows.Count(row => row.Outcomes[column] is not null);
}
