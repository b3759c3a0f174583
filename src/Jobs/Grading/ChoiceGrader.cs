using System.Text.RegularExpressions;
using Orchestrator.Aggregator.Answers;

namespace Orchestrator.Jobs.Grading;

/// <summary>
/// The grader <c>choice</c>: which letter an answer chooses. What it states goes first: the last <c>Answer: B</c>,
/// <c>the answer is B</c> or <c>\boxed{B}</c>. Without a statement a text that begins with a letter of its own (<c>B.</c>),
/// the only letter in parentheses, or an option's own text. A capital letter somewhere in the text is no choice, and neither
/// are two different ones.
/// </summary>
static partial class ChoiceGrader
{
    public static bool IsRight(string answer, string reference, IReadOnlyList<string> options) =>
        Read(answer, options) is { } chosen && chosen == char.ToUpperInvariant(reference.Trim()[0]);

    public static string? Problem(string reference, IReadOnlyList<string> options)
    {
        string letter = reference.Trim();
        if (letter.Length != 1 || !char.IsAsciiLetter(letter[0]))
            return $"the reference '{Quoted.Of(reference)}' is not one letter, which the grader 'choice' wants";
        if (options.Count > 26 || options.Any(string.IsNullOrWhiteSpace))
            return "the options must be at most 26 texts, none of them empty";
        return ChoiceText.Allowed(letter[0], options) is null
            ? $"the reference '{reference}' is beyond the {options.Count} options, A to {(char)('A' + options.Count - 1)}"
            : null;
    }

    /// <param name="options">Their texts, that of A first; none when only letters can be read.</param>
    /// <returns>The letter in upper case; null when no choice can be told.</returns>
    public static char? Read(string answer, IReadOnlyList<string> options)
    {
        string text = ChoiceText.Plain(FinalAnswer.Spoken(answer));
        if (ChoiceText.Option(text, options) is { } whole)
            return whole;
        foreach (Match statement in Statement().Matches(text).Reverse())
        {
            if (statement.Groups["boxed"].Success)
            {
                // A box may hold a number on the way to the answer.
                if (ChoiceText.Begun(statement.Groups["boxed"].Value, options, strict: false) is { } boxed)
                    return boxed;
                continue;
            }
            // Only its line counts: explanations below it name the other options too.
            string told = text[(statement.Index + statement.Length)..].Split('\n', 2)[0];
            bool marked = statement.Groups["marked"].Success;
            char? chosen = ChoiceText.Begun(told, options, strict: !marked);
            if (chosen is not null || ChoiceText.IsTorn(told))
                return chosen;
            if (marked)
                return Bracketed(told, options);
        }
        return Unstated(text, options);
    }

    static char? Unstated(string text, IReadOnlyList<string> options)
    {
        // A list of options that was only repeated.
        if (Listed().Matches(text).Select(line => line.Groups["letter"].Value.ToUpperInvariant()).Distinct().Skip(1).Any())
            return null;
        if (BracketedLetter().Matches(text).Select(Letter).Distinct().Skip(1).Any())
            return null;
        return Leading().Match(text) is { Success: true } leading
            ? ChoiceText.Allowed(Letter(leading), options)
            : Bracketed(text, options);
    }

    /// <summary>The only letter in parentheses.</summary>
    static char? Bracketed(string text, IReadOnlyList<string> options) =>
        BracketedLetter().Matches(text).Select(Letter).Distinct().ToArray() is [var only] ? ChoiceText.Allowed(only, options) : null;

    static char Letter(Match match) => char.ToUpperInvariant(match.Groups["letter"].Value[0]);

    /// <summary>What comes before a statement, or the whole of a box. After a colon anything is stated, after "is" only a letter.</summary>
    [GeneratedRegex(
        @"\\boxed\{(?<boxed>([^{}]|\{[^{}]*\})*)\}|\banswer[ \t]*(?<marked>:)\s*|\banswer[ \t]+is(?<marked>[ \t]*:)?\s+",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Statement();

    /// <summary>The letter begins the text, and is a mark of its own rather than a word.</summary>
    [GeneratedRegex(
        @"^(\((?<letter>[A-Za-z])\)|\[(?<letter>[A-Za-z])\]|(?<letter>[A-Za-z])(\)|[.:](?=\s|$)|$|\s+[-–]\s))",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Leading();

    [GeneratedRegex(
        @"^[ \t]*[\(\[]?(?<letter>[A-Za-z])([\)\]]|[.:](?=\s))",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listed();

    [GeneratedRegex(@"(?<![\w(])\((?<letter>[A-Za-z])\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BracketedLetter();
}
