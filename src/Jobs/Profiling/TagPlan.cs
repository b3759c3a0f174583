using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Profiling;

/// <summary>Decides whose phrases an earlier run still tells, and how phrases join the skills that were given.</summary>
static class TagPlan
{
    /// <returns>What the tagger said of the same text; null when it was not asked or could not answer.</returns>
    public static IReadOnlyList<string>? Kept(ProfileQuestion question, OutcomeTable earlier) =>
        earlier.TryGetRow(question.Id, out OutcomeRow row) && row.Question == question.Question ? row.Tagged : null;

    /// <summary>The question with these phrases among its skills; null adds none and says that the tagger was not asked.</summary>
    public static ProfileQuestion With(ProfileQuestion question, IReadOnlyList<string>? phrases) =>
        question with { Skills = Merge(question.Skills, phrases ?? []), Tagged = phrases };

    /// <summary>The given skills, then the phrases that are not among them.</summary>
    public static IReadOnlyList<string> Merge(IReadOnlyList<string> given, IReadOnlyList<string> phrases) =>
        [.. given, .. phrases.Where(phrase => !given.Contains(phrase, StringComparer.OrdinalIgnoreCase))];
}
