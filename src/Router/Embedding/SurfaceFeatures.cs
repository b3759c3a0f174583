using System.Globalization;

namespace Orchestrator.Router.Embedding;

/// <summary>
/// What a question looks like rather than what it says: its length, the shapes of its numbers, capitals, brackets and
/// quotes. Measured elsewhere, about fifty such features alone route almost as well as all the words.
/// </summary>
static class SurfaceFeatures
{
    const string RomanDigits = "IVXLCDM";

    public static IEnumerable<string> Of(string text, List<TextToken> tokens)
    {
        yield return $"words:{Bucket(tokens.Count(token => token.Kind == TokenKind.Word))}";
        yield return $"characters:{Bucket(text.Length)}";
        foreach (string feature in Numbers(tokens))
            yield return feature;
        foreach (string feature in Capitals(tokens))
            yield return feature;
        foreach (char mark in "()[]{}'\"+-*/=%<>:,;_\\$^")
        {
            int count = text.AsSpan().Count(mark);
            if (count > 0)
                yield return $"mark:{mark}{Bucket(count)}";
        }
        if (tokens.Count > 0)
            yield return $"last:{tokens[^1].Kind}";
        if (text.Contains('\n', StringComparison.Ordinal))
            yield return "lines";
    }

    static IEnumerable<string> Numbers(List<TextToken> tokens)
    {
        int[] lengths = [.. tokens.Where(token => token.Kind == TokenKind.Number).Select(token => token.Text.Length)];
        yield return $"numbers:{Bucket(lengths.Length)}";
        if (lengths.Length == 0)
            yield break;
        yield return $"longest:{lengths.Max()}";
        yield return $"shortest:{lengths.Min()}";
        yield return "shape:" + string.Join(',', lengths.Take(4).Order());
        foreach (int length in lengths.Distinct())
            yield return $"number:{new string('#', Math.Min(length, 12))}";
    }

    static IEnumerable<string> Capitals(List<TextToken> tokens)
    {
        foreach (TextToken token in tokens)
        {
            // A lone capital opens most sentences ("A", "I"): not a string.
            if (token.Kind != TokenKind.Word || token.Text.Length < 2 || !token.Text.All(char.IsUpper))
                continue;
            yield return "upper";
            yield return $"upper:{Bucket(token.Text.Length)}";
            if (token.Text.All(RomanDigits.Contains))
                yield return "roman";
        }
        int inner = tokens.Skip(1).Count(token => token.Kind == TokenKind.Word && char.IsUpper(token.Text[0]));
        yield return $"capitals:{Bucket(inner)}";
    }

    /// <summary>Exact to 4, then by powers of √2, so that near lengths meet in one bucket.</summary>
    static string Bucket(int count) =>
        (count <= 4 ? count : Math.Round(2 * Math.Log2(count))).ToString(CultureInfo.InvariantCulture);
}
