namespace Orchestrator.Jobs.Reports;

/// <summary>What a report says, before it is written in a format; its texts are plain, and each format escapes them.</summary>
record Report(string Title, IReadOnlyList<string> Facts, IReadOnlyList<string> Warnings, IReadOnlyList<ReportTable> Tables);
