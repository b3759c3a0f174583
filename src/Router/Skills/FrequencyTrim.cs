namespace Orchestrator.Router.Skills;

/// <summary>
/// The paper's trimming over a whole test set: experts with a small share of all draws are dropped, so that they need not be
/// loaded for a few questions.
/// </summary>
static class FrequencyTrim
{
    /// <param name="panels">Whom each question drew; an expert that stands twice in one was drawn twice.</param>
    /// <param name="least">Share of all draws, 0 to 1, below which an expert is dropped.</param>
    /// <returns>Those to drop, in the order of their ids; never the one that was drawn most.</returns>
    public static IReadOnlyList<string> Dropped(IEnumerable<IEnumerable<string>> panels, double least)
    {
        var drawn = panels.SelectMany(panel => panel).CountBy(expert => expert, StringComparer.Ordinal).ToArray();
        if (drawn.Length == 0)
            return [];
        double enough = Math.Min(least * drawn.Sum(pair => pair.Value), drawn.Max(pair => pair.Value));
        return [.. drawn.Where(pair => pair.Value < enough).Select(pair => pair.Key).Order(StringComparer.Ordinal)];
    }
}
