using System.Text.RegularExpressions;

namespace Orchestrator.Aggregator.Answers;

/// <summary>What is taken out of an answer before it is compared with another or with a reference.</summary>
public static partial class PlainText
{
    const string Marker = "Answer:";

    /// <returns>What follows the last <c>Answer:</c>, trimmed; null without one.</returns>
    public static string? Final(string answer)
    {
        int marker = answer.LastIndexOf(Marker, StringComparison.Ordinal);
        return marker < 0 ? null : answer[(marker + Marker.Length)..].Trim();
    }

    /// <summary>
    /// Without the asterisks and backticks around it: emphasis that began before <c>Answer:</c> ends right after it, as in
    /// <c>**Answer:** 42</c>. Nothing but such marks stays as it is.
    /// </summary>
    public static string Unmarked(string text)
    {
        string plain = text.Trim().TrimEnd('.').Trim('*', '`', ' ', '\t');
        return plain.Length > 0 ? plain : text.Trim();
    }

    /// <summary>Case, runs of white space and a closing full stop make no difference.</summary>
    public static string Normalise(string text)
    {
        string plain = Spaces().Replace(text.Trim(), " ").ToLowerInvariant();
        return plain.EndsWith('.') ? plain[..^1].TrimEnd() : plain;
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
