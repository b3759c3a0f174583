using System.Text.RegularExpressions;
using Orchestrator.Aggregator.Answers;

namespace Orchestrator.Jobs.Grading;

/// <summary>
/// The grader <c>choice</c>: which letter an answer chooses. It reads <c>Answer: B</c>, <c>(B)</c>, <c>B.</c>,
/// <c>\boxed{B}</c>, <c>the answer is B</c> and an option's own text. A capital letter somewhere in the text is no choice, and
/// neither are two different ones.
/// </summary>
static partial class ChoiceGrader
{
    public static bool IsRight(string answer, string reference, IReadOnlyList<string> options) =>
        Read(answer, options) is { } chosen && chosen == char.ToUpperInvariant(reference.Trim()[0]);

    public static string? Problem(string reference, IReadOnlyList<string> options)
    {
        string letter = reference.Trim();
        if (letter.Length != 1 || !char.IsAsciiLetter(letter[0]))
            return $"the reference '{reference}' is not one letter, which the grader 'choice' wants";
        if (options.Count > 26 || options.Any(string.IsNullOrWhiteSpace))
            return "the options must be at most 26 texts, none of them empty";
        return Allowed(letter[0], options) is null
            ? $"the reference '{reference}' is beyond the {options.Count} options, A to {(char)('A' + options.Count - 1)}"
            : null;
    }

    /// <param name="options">Their texts, that of A first; none when only letters can be read.</param>
    /// <returns>The letter in upper case; null when no choice can be told.</returns>
    public static char? Read(string answer, IReadOnlyList<string> options)
    {
        answer = FinalAnswer.Spoken(answer);
        // After the marker only its line counts: explanations below it name the other options too.
        string text = PlainText.Final(answer) is { } final ? final.Split('\n', 2)[0] : answer;
        if (Boxed().Matches(text).LastOrDefault() is { } boxed)
            return Allowed(boxed.Groups["letter"].Value[0], options);
        string plain = text.Replace("*", "", StringComparison.Ordinal).Trim(' ', '\t', '\r', '\n', '"', '\'', '`', '$', '_');
        if (OptionText(plain, options) is { } told)
            return told;
        char[] bracketed = [.. Bracketed().Matches(plain).Select(match => char.ToUpperInvariant(match.Groups["letter"].Value[0])).Distinct()];
        if (bracketed.Length > 1)
            return null;
        if (Leading().Match(plain) is { Success: true } leading)
            return Allowed(leading.Groups["letter"].Value[0], options);
        if (Stated().Matches(plain).LastOrDefault() is { } stated)
            return Allowed(stated.Groups["letter"].Value[0], options);
        return bracketed.Length == 1 ? Allowed(bracketed[0], options) : null;
    }

    static char? OptionText(string text, IReadOnlyList<string> options)
    {
        string said = PlainText.Normalise(text);
        int[] same = [.. Enumerable.Range(0, options.Count).Where(i => PlainText.Normalise(options[i]) == said)];
        return same.Length == 1 ? (char)('A' + same[0]) : null;
    }

    static char? Allowed(char letter, IReadOnlyList<string> options)
    {
        char upper = char.ToUpperInvariant(letter);
        return options.Count == 0 || upper - 'A' < options.Count ? upper : null;
    }

    [GeneratedRegex(@"\\boxed\{\s*(\\text\{)?\(?(?<letter>[A-Za-z])\)?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Boxed();

    /// <summary>The letter begins the text, and is a mark of its own rather than a word.</summary>
    [GeneratedRegex(
        @"^(\((?<letter>[A-Za-z])\)|\[(?<letter>[A-Za-z])\]|(?<letter>[A-Za-z])(\)|[.:](?=\s|$)|$|\s+[-–]\s))",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Leading();

    [GeneratedRegex(
        @"\b[Aa]nswer is:?\s+\(?(?<letter>[A-Z])\)?(?=[.,;:\s]*$|[.,;:\n])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Stated();

    [GeneratedRegex(@"(?<![\w(])\((?<letter>[A-Za-z])\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bracketed();
}
