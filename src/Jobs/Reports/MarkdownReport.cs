using System.Text;
using Orchestrator.Jobs.Evaluation.Results;

namespace Orchestrator.Jobs.Reports;

/// <summary>A report as Markdown.</summary>
public static class MarkdownReport
{
    public static string Write(EvalResult result) => Write(EvalReport.Of(result));

    internal static string Write(Report report)
    {
        var text = new StringBuilder($"# {Escape(report.Title)}\n\n");
        foreach (string fact in report.Facts)
            text.Append($"- {Escape(fact)}\n");
        foreach (string warning in report.Warnings)
            text.Append($"\n> **Warning.** {Escape(warning)}\n");
        foreach (ReportTable table in report.Tables)
        {
            text.Append($"\n## {Escape(table.Title)}\n\n{Escape(table.Note)}\n\n");
            Row(text, [.. table.Header.Select(Escape)]);
            Row(text, [.. table.Header.Select((_, i) => i == 0 ? ":--" : "--:")]);
            foreach (var row in table.Rows)
                Row(text, [.. row.Select(Escape)]);
        }
        return text.ToString();
    }

    static void Row(StringBuilder text, IReadOnlyList<string> cells) => text.Append($"| {string.Join(" | ", cells)} |\n");

    /// <summary>Names come from files of users: nothing in them may become markup or end a cell.</summary>
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            escaped.Append(letter switch
            {
                '\r' or '\n' => " ",
                '<' => "&lt;",
                '&' => "&amp;",
                '|' or '\\' or '`' or '*' or '_' or '#' => $"\\{letter}",
                _ => letter.ToString(),
            });
        }
        // Brackets alone are intervals; before a parenthesis they would be a link.
        return escaped.Replace("](", "]\\(").ToString();
    }
}
