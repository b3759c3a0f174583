using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.Aggregator.Answers;

/// <summary>Numbers as people write them: -1234.5, 1,234 or 1e3.</summary>
public static partial class Numbers
{
    const double Rounding = 1e-9;

    /// <summary>Whether the text is one number and nothing else.</summary>
    public static bool IsOne(string text) => One(text) is not null;

    /// <returns>The number that the text is; null when it is more than that, or none.</returns>
    public static double? One(string text) =>
        Number().Match(text.Trim()) is { Success: true } match && match.Length == text.Trim().Length ? Parse(match.Value) : null;

    /// <summary>
    /// The last number of the answer counts; commas within a number part thousands. They may differ by a billionth of the
    /// reference, as rounding does; from an exact zero, which has no share, by a billionth itself.
    /// </summary>
    public static bool AreSame(string answer, string reference) =>
        Last(answer) is { } given && Last(reference) is { } wanted
        && Math.Abs(given - wanted) <= Rounding * (wanted == 0 ? 1 : Math.Abs(wanted));

    /// <returns>The last number of the text; null without one.</returns>
    public static double? Last(string text) =>
        Number().Matches(text).LastOrDefault() is { } last ? Parse(last.Value) : null;

    /// <returns>
    /// Null beyond the range of a double: every number would be within the tolerance of infinity. Minus zero is zero.
    /// </returns>
    static double? Parse(string number) =>
        double.TryParse(
            number.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value) ? value + 0.0 : null;

    // Not \d: it also takes the digits of other scripts, which do not parse.
    [GeneratedRegex(
        @"(?<![\w.])-?[0-9]+(,[0-9]{3})*(\.[0-9]+)?([eE][+-]?[0-9]+)?",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
