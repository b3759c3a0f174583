namespace Orchestrator.Router.Skills.Tagging;

/// <summary>From several answers to the phrases that recur in them, as Symbolic-MoE keeps keywords.</summary>
static class TaggerPhrases
{
    /// <summary>What the answer of an instructed model begins with.</summary>
    public const string Prefix = "Keywords:";

    /// <summary>As many as the paper asks its language model for.</summary>
    const int Most = 5;

    /// <param name="recur">In fewer answers a phrase is dropped.</param>
    /// <returns>At most five, the most frequent first; of equals the one that was said first.</returns>
    public static IReadOnlyList<string> Recurring(IReadOnlyList<string> answers, int recur) =>
    [
        .. answers.SelectMany(Of)
            .CountBy(phrase => phrase, StringComparer.Ordinal)
            .Where(pair => pair.Value >= recur)
            // The order of equals is that of their first occurrence: both CountBy and the sort keep it.
            .OrderByDescending(pair => pair.Value)
            .Take(Most)
            .Select(pair => pair.Key),
    ];

    /// <summary>For an answer that was cut off, perhaps within its last phrase.</summary>
    public static string WithoutLast(string answer) => answer[..Math.Max(0, answer.LastIndexOf(','))];

    /// <returns>The phrases of one answer, each once: trimmed, lower-case, without full stops.</returns>
    public static IEnumerable<string> Of(string answer)
    {
        int prefix = answer.LastIndexOf(Prefix, StringComparison.OrdinalIgnoreCase);
        string said = prefix < 0 ? answer : answer[(prefix + Prefix.Length)..];
        return said.Split([',', '\n', '\r'])
            .Select(phrase => SkillProfile.Plain(phrase.Replace(".", "", StringComparison.Ordinal)))
            .Where(phrase => phrase.Length > 0)
            .Distinct(StringComparer.Ordinal);
    }
}
