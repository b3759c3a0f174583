using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Jobs.Reports;

/// <summary>A comparison as text for a terminal, in columns.</summary>
public static class ComparisonText
{
    public static string Write(Comparison comparison)
    {
        IReadOnlyList<string>[] rows =
        [
            ["", "questions", "A", "B", "B - A in points", "both", "only A", "only B", "neither", "p"],
            .. comparison.Groups.Select(Cells),
        ];
        return string.Join(Environment.NewLine,
        [
            $"A: {comparison.ColumnA}",
            $"B: {comparison.ColumnB}",
            .. comparison.LeftOut > 0 ? [$"{comparison.LeftOut} questions are left out: one of the two has no score for them."] : Array.Empty<string>(),
            "",
            .. TextColumns.Align(rows),
            "",
            .. comparison.Fractional.Select(column =>
                $"No counts and no p: '{column}' has scores between 0 and 1, and McNemar's test is of right and wrong. The interval holds all the same."),
            "Scores in percent; brackets are paired bootstrap intervals; p is McNemar's exact test, two-sided.",
        ]);
    }

    static IReadOnlyList<string> Cells(ComparedGroup group) =>
    [
        group.Name, $"{group.Count}", Words.Percent(group.A), Words.Percent(group.B), Words.Points(group.Difference),
        .. group.Counts is { } counts ? Counted(counts) : [.. Enumerable.Repeat(Words.None, 5)],
    ];

    static string[] Counted(McNemar counts) =>
    [
        $"{counts.Both}", $"{counts.OnlyA}", $"{counts.OnlyB}", $"{counts.Neither}", counts.P < 0.0001 ? "< 0.0001" : $"{counts.P:F4}",
    ];
}
