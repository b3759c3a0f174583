using System.Globalization;

namespace Orchestrator.Aggregator.Answers;

/// <summary>What an answer comes down to, so that answers in different words can be compared. Pure functions.</summary>
public static class FinalAnswer
{
    const string ThinkingBegins = "<think>";
    const string ThinkingEnds = "</think>";

    /// <summary>
    /// What follows the last <c>Answer:</c>; without one the last number of the last line, and without a number that line.
    /// Case, white space, a closing full stop, emphasis and the spelling of a number make no difference.
    /// </summary>
    /// <returns>Null when the text comes down to nothing.</returns>
    public static string? Of(string answer)
    {
        string spoken = Spoken(answer);
        string plain = PlainText.Normalise(PlainText.Unmarked(PlainText.Final(spoken) ?? LastLine(spoken)));
        if (plain.Length == 0)
            return null;
        return Numbers.One(plain) is { } number ? Written(number) : plain;
    }

    /// <returns>All of it but white space; null when that is nothing.</returns>
    public static string? Unspaced(string answer) =>
        string.Concat(answer.Where(letter => !char.IsWhiteSpace(letter))) is { Length: > 0 } text ? text : null;

    /// <returns>
    /// The answer without the thinking of a model that thinks aloud, trimmed; empty where it never came to speak.
    /// </returns>
    public static string Spoken(string answer)
    {
        int end = answer.LastIndexOf(ThinkingEnds, StringComparison.Ordinal);
        if (end >= 0)
            return answer[(end + ThinkingEnds.Length)..].Trim();
        return answer.TrimStart().StartsWith(ThinkingBegins, StringComparison.Ordinal) ? "" : answer.Trim();
    }

    static string LastLine(string spoken)
    {
        string last = spoken[(spoken.LastIndexOf('\n') + 1)..];
        return Numbers.Last(last) is { } number ? Written(number) : last;
    }

    static string Written(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
