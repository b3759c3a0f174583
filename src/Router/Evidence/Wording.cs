using System.Text.RegularExpressions;

namespace Orchestrator.Router.Evidence;

/// <summary>
/// What of a question is its wording: the words that many profiled questions share, numbers and rare words left open.
/// Questions of one wording are left out together where a model is to learn how it does on wordings it does not know.
/// </summary>
static partial class Wording
{
    /// <summary>A word of fewer questions is what one is about.</summary>
    const int Common = 5;

    /// <returns>One wording for each question, in their order.</returns>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> questions)
    {
        string[][] words = [.. questions.Select(Words)];
        Dictionary<string, int> counts = words.SelectMany(all => all.Distinct(StringComparer.Ordinal))
            .CountBy(word => word, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return [.. words.Select(all => string.Join(' ', all.Where(word => counts[word] >= Math.Min(Common, questions.Count))))];
    }

    static string[] Words(string question) => [.. Word().Matches(question.ToLowerInvariant()).Select(match => match.Value)];

    /// <summary>Words of at least two letters; numbers, single letters and marks belong to what is asked.</summary>
    [GeneratedRegex(@"\p{L}{2,}", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
