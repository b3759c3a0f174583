using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Profiling;

/// <summary>Decides whose phrases an earlier run still tells, and how phrases join the skills that were given.</summary>
static class TagPlan
{
    /// <returns>The skills of the earlier row, the given ones first; null when the question must be tagged.</returns>
    public static IReadOnlyList<string>? Kept(ProfileQuestion question, OutcomeTable earlier)
    {
        if (!earlier.TryGetRow(question.Id, out OutcomeRow row) || row.Question != question.Question)
            return null;
        // A row without more than the given skills was not tagged, or not with success.
        bool extended = row.Skills.Count > question.Skills.Count
            && row.Skills.Take(question.Skills.Count).SequenceEqual(question.Skills, StringComparer.Ordinal);
        return extended ? row.Skills : null;
    }

    /// <summary>The given skills, then the phrases that are not among them.</summary>
    public static IReadOnlyList<string> Merge(IReadOnlyList<string> given, IReadOnlyList<string> phrases) =>
        [.. given, .. phrases.Where(phrase => !given.Contains(phrase, StringComparer.OrdinalIgnoreCase))];
}
