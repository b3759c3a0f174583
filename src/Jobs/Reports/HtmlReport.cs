using System.Net;
using System.Text;
using Orchestrator.Jobs.Evaluation.Results;

namespace Orchestrator.Jobs.Reports;

/// <summary>A report as one HTML page that needs nothing else: no script, no font, no picture from anywhere.</summary>
public static class HtmlReport
{
    const string Style = """
        :root { color-scheme: light dark; --ink: #1d2430; --soft: #5b6675; --rule: #d9dee5; --page: #fff; --warn: #fff3d6;
          --s0: #2f6fde; --s1: #9aa5b4; --s2: #d98a2b; --s3: #3c9a6b; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --soft: #9aa5b4; --rule: #343c48; --page: #14181e; --warn: #3d3112;
          --s0: #6ea2ff; --s1: #6b7684; --s2: #e8a652; --s3: #5fbf8f; } }
        body { background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .25rem; } p { margin: .25rem 0; color: var(--soft); }
        .warning { background: var(--warn); color: var(--ink); padding: .5rem .75rem; border-radius: .3rem; }
        .wide { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin-top: .5rem; }
        th, td { border-bottom: 1px solid var(--rule); padding: .25rem .6rem; text-align: right; white-space: nowrap; }
        th:first-child, td:first-child { text-align: left; } th { color: var(--soft); font-weight: 600; }
        svg { width: 100%; max-width: 860px; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
        svg .tick { fill: var(--soft); font-size: 11px; } svg .grid { stroke: var(--rule); } svg .whisker { stroke: var(--ink); stroke-width: 1.2; opacity: .75; }
        .s0 { fill: var(--s0); } .s1 { fill: var(--s1); } .s2 { fill: var(--s2); } .s3 { fill: var(--s3); } .expert { fill: var(--soft); opacity: .6; }
        """;

    public static string Write(EvalResult result)
    {
        EvalReport report = EvalReport.Of(result);
        return Write(report,
        [
            .. result.Facts.Policies.Select(policy => ($"{policy.Name} by skill", SkillPlot.Draw(policy.Name, result.Facts, report.Summary))),
            ("Score against tokens", CostPlot.Draw(result, report.Summary)),
        ]);
    }

    /// <param name="plots">SVG under its heading.</param>
    internal static string Write(Report report, IReadOnlyList<(string Title, string Svg)> plots)
    {
        var page = new StringBuilder(
            $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
            + $"<title>{Escape(report.Title)}</title>\n<style>\n{Style}\n</style></head>\n<body>\n<h1>{Escape(report.Title)}</h1>\n");
        foreach (string warning in report.Warnings)
            page.Append($"<p class=\"warning\">{Escape(warning)}</p>\n");
        foreach (string fact in report.Facts)
            page.Append($"<p>{Escape(fact)}</p>\n");
        foreach ((string title, string svg) in plots)
            page.Append($"<h2>{Escape(title)}</h2>\n{svg}\n");
        foreach (ReportTable table in report.Tables)
            Table(page, table);
        return page.Append("</body></html>\n").ToString();
    }

    static void Table(StringBuilder page, ReportTable table)
    {
        page.Append($"<h2>{Escape(table.Title)}</h2>\n<p>{Escape(table.Note)}</p>\n<div class=\"wide\"><table><thead>");
        Row(page, table.Header, "th");
        page.Append("</thead><tbody>\n");
        foreach (var row in table.Rows)
            Row(page, row, "td");
        page.Append("</tbody></table></div>\n");
    }

    static void Row(StringBuilder page, IReadOnlyList<string> cells, string tag)
    {
        page.Append("<tr>");
        foreach (string cell in cells)
            page.Append($"<{tag}>{Escape(cell)}</{tag}>");
        page.Append("</tr>\n");
    }

    static string Escape(string text) => WebUtility.HtmlEncode(text);
}
