using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Jobs.Evaluation;

/// <summary>
/// Judges a policy on questions that were never profiled, from outcomes of every expert on them: nothing is generated, so
/// that any policy can be judged on the same answers.
/// </summary>
public static class RoutingEvaluation
{
    /// <param name="test">Outcomes of all experts on the questions; none missing.</param>
    /// <param name="bestSingle">Chosen on the profile; on <paramref name="test"/> it would be an oracle of its own.</param>
    /// <param name="generalist">An expert to compare with, or null.</param>
    /// <exception cref="ArgumentException">An outcome is missing, or a named expert has no column.</exception>
    public static IReadOnlyList<RoutedQuestion> Judge(
        PolicyRouter router, string policy, OutcomeTable test, string bestSingle, string? generalist)
    {
        var experts = test.Experts.ToHashSet(StringComparer.Ordinal);
        return [.. test.Rows.Select(Judged)];

        RoutedQuestion Judged(OutcomeRow row)
        {
            RoutePlan plan = router.Route(policy, row.Question, experts);
            double[] scores = [.. row.Outcomes.Select((outcome, column) => outcome?.Score
                ?? throw new ArgumentException($"'{test.Experts[column]}' has no outcome for '{row.Id}'.", nameof(test)))];
            return new RoutedQuestion(
                row.Id, plan.Primary, plan.Confidence ?? plan.Coverage?.Claimed ?? 0, Of(plan.Primary), Of(bestSingle),
                generalist is null ? null : Of(generalist), scores.Average(), scores.Max());

            double Of(string expert) => test.ColumnOf(expert) is >= 0 and var column
                ? scores[column]
                : throw new ArgumentException($"'{expert}' has no column in the outcomes of the questions.", nameof(test));
        }
    }

    /// <returns>The expert with the highest mean over the profile, the first id of equals.</returns>
    /// <exception cref="ArgumentException">The profile has no outcome of any of the experts.</exception>
    public static string BestSingle(OutcomeTable profile, IReadOnlySet<string> experts)
    {
        var means = profile.Experts
            .Select((expert, column) => (expert, scores: profile.Rows.Select(row => row.Outcomes[column]).OfType<Outcome>()))
            .Where(pair => experts.Contains(pair.expert) && pair.scores.Any())
            .Select(pair => (pair.expert, mean: pair.scores.Average(outcome => outcome.Score)))
            .OrderByDescending(pair => pair.mean)
            .ThenBy(pair => pair.expert, StringComparer.Ordinal)
            .ToArray();
        return means.Length > 0
            ? means[0].expert
            : throw new ArgumentException("The profile has no outcome of any of the experts.", nameof(profile));
    }
}
