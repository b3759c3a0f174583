namespace Orchestrator.Jobs.Reports;

/// <summary>A table of a report; its cells are plain text, which each format escapes.</summary>
sealed record ReportTable(string Title, string Note, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows);
