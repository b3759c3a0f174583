using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.Jobs.Grading;

/// <summary>Judges an answer against a reference: 1 is right, 0 is wrong. Pure functions, by the name that files use.</summary>
public static partial class Graders
{
    const string Marker = "Answer:";

    static readonly SortedDictionary<string, Func<string, string, bool>> All = new(StringComparer.Ordinal)
    {
        ["contains"] = (answer, reference) => Normalise(answer).Contains(Normalise(reference), StringComparison.Ordinal),
        ["exact"] = string.Equals,
        ["final"] = (answer, reference) => Final(answer) is { } final && Normalise(final) == Normalise(reference),
        ["normalised"] = (answer, reference) => Normalise(answer) == Normalise(reference),
        ["numeric"] = IsSameNumber,
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

    static double? LastNumber(string text)
    {
        string? last = Number().Matches(text).LastOrDefault()?.Value;
        return last is null ? null : double.Parse(last.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex(
        @"(?<![\w.])-?\d+(,\d{3})*(\.\d+)?([eE][+-]?\d+)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
