namespace Orchestrator.Experts.Configuration;

/// <summary>"Did you mean …?" for a mistyped name.</summary>
public static class KeySuggestion
{
    /// <summary>The nearest of <paramref name="known"/> by edit distance, or null when nothing is near.</summary>
    public static string? For(string written, IEnumerable<string> known) =>
        known.Select(k => (Key: k, Distance: Distance(written, k)))
            .Where(c => c.Distance <= Math.Max(1, Math.Min(written.Length, c.Key.Length) / 3))
            .OrderBy(c => c.Distance).ThenBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => c.Key).FirstOrDefault();

    /// <summary>Levenshtein over two rows.</summary>
    static int Distance(string a, string b)
    {
        var above = Enumerable.Range(0, b.Length + 1).ToArray();
        var row = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above[j], row[j - 1]) + 1);
            }

            (above, row) = (row, above);
        }

        return above[b.Length];
    }
}
