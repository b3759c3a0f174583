using System.Text.RegularExpressions;
using Orchestrator.Aggregator.Answers;

namespace Orchestrator.Jobs.Grading;

/// <summary>Reads the letter that a piece of an answer begins with.</summary>
static partial class ChoiceText
{
    static readonly char[] Around = [' ', '\t', '\r', '\n', '"', '\'', '_'];

    /// <summary>Without emphasis and the marks of formulas, which stand around letters.</summary>
    public static string Plain(string text) =>
        Command().Replace(Marks().Replace(text, ""), "${inner}").Trim(Around);

    /// <summary>The option that the text is, where it is exactly one.</summary>
    public static char? Option(string text, IReadOnlyList<string> options)
    {
        string said = PlainText.Normalise(text.Trim(Around));
        int[] same = [.. Enumerable.Range(0, options.Count).Where(i => PlainText.Normalise(Plain(options[i])) == said)];
        return same.Length == 1 ? (char)('A' + same[0]) : null;
    }

    /// <summary>The choice that a statement begins with: an option's text, or a letter that goes on as after a choice.</summary>
    /// <param name="strict">Whether a word may follow the letter only if it begins a reason, as within a sentence.</param>
    public static char? Begun(string text, IReadOnlyList<string> options, bool strict)
    {
        if (Option(text, options) is { } told)
            return told;
        Match match = Begin().Match(text.TrimStart(Around));
        if (!match.Success || Allowed(match.Groups["letter"].Value[0], options) is not { } chosen)
            return null;
        string rest = match.Groups["rest"].Value;
        bool closed = match.Groups["closed"].Success, capital = char.IsUpper(match.Groups["letter"].Value[0]);
        if (options.Count > chosen - 'A' && NamesOption(rest, options[chosen - 'A']))
            return chosen;
        if (IsTorn(text))
            return null;
        if (closed)
            return chosen;
        if (Ended().IsMatch(rest))
            return capital || !strict ? chosen : null;
        // "a city" and "I think" are words; other letters are none.
        bool word = chosen is 'A' or 'I';
        return capital && (Reasoned().IsMatch(rest) || (!strict && !word && char.IsWhiteSpace(rest[0]))) ? chosen : null;
    }

    /// <summary>Whether it begins with two letters, as in "A or B".</summary>
    public static bool IsTorn(string text) => Torn().IsMatch(text.TrimStart(Around));

    public static char? Allowed(char letter, IReadOnlyList<string> options)
    {
        char upper = char.ToUpperInvariant(letter);
        return options.Count == 0 || upper - 'A' < options.Count ? upper : null;
    }

    static bool NamesOption(string rest, string option)
    {
        string said = PlainText.Normalise(rest.TrimStart(')', ']', '.', ',', ':', '-', '–', ' ', '(')), own = PlainText.Normalise(Plain(option));
        return said.StartsWith(own, StringComparison.Ordinal) && (said.Length == own.Length || !char.IsLetterOrDigit(said[own.Length]));
    }

    [GeneratedRegex(@"[*`$]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marks();

    [GeneratedRegex(
        @"\\(text|textbf|mathrm|mathbf)\{(?<inner>[^{}]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Command();

    [GeneratedRegex(
        @"^((?i:option|choice|letter)\s+)?([\(\[](?<letter>[A-Za-z])(?<closed>[\)\]])|(?<letter>[A-Za-z])(?<closed>[\)\]])?)(?<rest>(?![\w'’]).*)$",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Begin();

    /// <summary>Nothing follows, or a mark that ends what was said.</summary>
    [GeneratedRegex(@"^[""']?\s*($|[.,;:!](?!\w)|\()|^\s+[-–—]\s", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ended();

    [GeneratedRegex(
        @"^\s+(because|since|as|for|due|given|so|which|where|and\s+not|not|rather|instead)\b",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reasoned();

    [GeneratedRegex(
        @"^((?i:option|choice|letter)\s+)?[\(\[]?(?<first>[A-Za-z])[\)\]]?(\s*,)?(\s+(?i:and|or|nor|perhaps|maybe|possibly)|\s*[/&,])+\s*(?!\k<first>\b)([\(\[][A-Za-z][\)\]]|[B-HJ-Z](?![\w'’])|[AI](?![\w'’])(?!\s+[a-z]))",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Torn();
}
