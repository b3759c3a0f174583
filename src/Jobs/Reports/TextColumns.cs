namespace Orchestrator.Jobs.Reports;

/// <summary>A table for a terminal: the first column to the left, the others to the right.</summary>
static class TextColumns
{
    /// <param name="rows">Equally long, at least one.</param>
    public static IEnumerable<string> Align(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        return rows.Select(row => string.Join("  ", row.Select((cell, column) =>
            column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
    }
}
