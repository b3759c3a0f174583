using System.Text;

namespace Orchestrator.Bench;

/// <summary>Markdown, on the console and, if asked for, in a file.</summary>
static class Report
{
    public static string Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        Line(head);
        Line([.. head.Select((_, column) => column == 0 ? "---" : "---:")]);
        foreach (IReadOnlyList<string> row in rows)
            Line(row);
        return text.ToString();

        void Line(IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    public static string Percent(double? share) => share is { } known ? $"{100 * known:0.0}" : "–";

    public static void Write(string markdown, string? path)
    {
        Console.Write(markdown);
        if (path is null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, markdown);
    }
}
