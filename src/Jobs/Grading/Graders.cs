using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.Jobs.Grading;

/// <summary>Judges an answer against a reference: 1 is right, 0 is wrong. Pure functions, by the name that files use.</summary>
public static partial class Graders
{
    /// <summary>The grader whose references must be numbers.</summary>
    internal const string Numeric = "numeric";

    const string Marker = "Answer:";

    static readonly SortedDictionary<string, Func<string, string, bool>> All = new(StringComparer.Ordinal)
    {
        ["contains"] = (answer, reference) => Normalise(answer).Contains(Normalise(reference), StringComparison.Ordinal),
        ["exact"] = string.Equals,
        ["final"] = (answer, reference) => Final(answer) is { } final && Normalise(final) == Normalise(reference),
        ["normalised"] = (answer, reference) => Normalise(answer) == Normalise(reference),
        [Numeric] = IsSameNumber,
    };

    public static IReadOnlyCollection<string> Names => All.Keys;

    /// <exception cref="ArgumentException">No grader has that name; the message lists those there are.</exception>
    public static double Score(string grader, string answer, string reference) =>
        All.TryGetValue(grader, out Func<string, string, bool>? isRight)
            ? isRight(answer, reference) ? 1 : 0
            : throw new ArgumentException(
                $"No grader is called '{grader}'; there are {string.Join(", ", Names)}.", nameof(grader));

    /// <returns>What follows the last <c>Answer:</c>, trimmed; null without one.</returns>
    public static string? Final(string answer)
    {
        int marker = answer.LastIndexOf(Marker, StringComparison.Ordinal);
        return marker < 0 ? null : answer[(marker + Marker.Length)..].Trim();
    }

    /// <summary>Whether the text is one number as <see cref="Numeric"/> reads it, and nothing else.</summary>
    internal static bool IsNumber(string text) =>
        Number().Match(text.Trim()) is { Success: true } match && match.Length == text.Trim().Length
        && Parse(match.Value) is not null;

    /// <summary>Case, runs of white space and a closing full stop make no difference.</summary>
    static string Normalise(string text)
    {
        string plain = Spaces().Replace(text.Trim(), " ").ToLowerInvariant();
        return plain.EndsWith('.') ? plain[..^1].TrimEnd() : plain;
    }

    /// <summary>The last number of the answer counts; commas within a number part thousands.</summary>
    static bool IsSameNumber(string answer, string reference) =>
        LastNumber(answer) is { } given && LastNumber(reference) is { } wanted
        && Math.Abs(given - wanted) <= 1e-9 * Math.Max(1, Math.Abs(wanted));

    static double? LastNumber(string text) =>
        Number().Matches(text).LastOrDefault() is { } last ? Parse(last.Value) : null;

    /// <returns>Null beyond the range of a double: every number would be within the tolerance of infinity.</returns>
    static double? Parse(string number) =>
        double.TryParse(
            number.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value) ? value : null;

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();

    // Not \d: it also takes the digits of other scripts, which do not parse.
    [GeneratedRegex(
        @"(?<![\w.])-?[0-9]+(,[0-9]{3})*(\.[0-9]+)?([eE][+-]?[0-9]+)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
