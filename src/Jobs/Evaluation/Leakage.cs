using Orchestrator.Aggregator;
using Orchestrator.Aggregator.Answers;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Evaluation;

/// <summary>Questions that something was already learned from: on them it is right by memory.</summary>
public static class Leakage
{
    /// <returns>Ids of the questions whose text was profiled; case and white space make no difference.</returns>
    public static IReadOnlyList<string> Find(IEnumerable<ProfileQuestion> questions, OutcomeTable profile)
    {
        var profiled = profile.Rows.Select(row => PlainText.Normalise(row.Question)).ToHashSet(StringComparer.Ordinal);
        return [.. questions.Where(question => profiled.Contains(PlainText.Normalise(question.Question))).Select(question => question.Id)];
    }

    public static IEnumerable<string> Warnings(EvalDataset dataset, EvalSubjects subjects, IReadOnlyList<string> policies)
    {
        int profiled = Find(dataset.Questions, subjects.Profile).Count;
        if (profiled > 0)
        {
            yield return $"{profiled} of the {dataset.Questions.Count} questions are in the profile, which the router learned from: "
                + "its scores are too good.";
        }
        // Of its questions the choice tells only the file.
        if (subjects.Aggregation is { Chosen: { } expert } choice && choice.Source == dataset.Name
            && subjects.Policies.Any(policy => policies.Contains(policy.Name, StringComparer.Ordinal) && Asks(policy, expert)))
        {
            yield return $"{expert}, which merges, was chosen on {choice.Source}, a file of the name of this one: "
                + "scores of policies that it merges for may be too good.";
        }

        bool Asks(PolicyConfig policy, string expert) =>
            policy.Panel > 1 && AggregatorRegistry.Asks(policy.Aggregator) && policy.AggregatorExpert is null && subjects.Merger(policy) == expert;
    }
}
