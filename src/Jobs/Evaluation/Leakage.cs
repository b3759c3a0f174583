using Orchestrator.Aggregator.Answers;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Evaluation;

/// <summary>Questions that the router already knows the outcomes of: on them it is right by memory.</summary>
public static class Leakage
{
    /// <returns>Ids of the questions whose text was profiled; case and white space make no difference.</returns>
    public static IReadOnlyList<string> Find(IEnumerable<ProfileQuestion> questions, OutcomeTable profile)
    {
        var profiled = profile.Rows.Select(row => PlainText.Normalise(row.Question)).ToHashSet(StringComparer.Ordinal);
        return [.. questions.Where(question => profiled.Contains(PlainText.Normalise(question.Question))).Select(question => question.Id)];
    }
}
