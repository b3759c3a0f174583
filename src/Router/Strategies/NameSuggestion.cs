namespace Orchestrator.Router.Strategies;

/// <summary>"did you mean 'nearest'?" for a name that is almost right, otherwise "there are" all names.</summary>
static class NameSuggestion
{
    public static string For(string name, IReadOnlyCollection<string> allowed)
    {
        string? close = allowed.OrderBy(other => Edits(name, other)).FirstOrDefault();
        if (close is null)
            return "there is none to choose.";
        return Edits(name, close) <= Math.Max(2, close.Length / 3)
            ? $"did you mean '{close}'?"
            : $"there are {string.Join(", ", allowed)}.";
    }

    /// <summary>Levenshtein distance, case ignored.</summary>
    static int Edits(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[^1];
    }
}
