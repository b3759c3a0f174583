using System.Text.RegularExpressions;
using System.Xml.Linq;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Reports;
using Orchestrator.Jobs.Tests.Evaluation;
using Orchestrator.Jobs.Tests.Evaluation.Results;

namespace Orchestrator.Jobs.Tests.Reports;

public sealed class ReportTests
{
    const string Hostile = "<script>alert('x')</script> & \"|`_*";

    static readonly EvalOptions Options = EvalCase.Options with { Policies = ["auto", "trio"], Generalist = "novice" };

    [Fact]
    public async Task Markdown_Result_HasEveryColumnAndSkill()
    {
        string text = MarkdownReport.Write(await ResultFileTests.ResultAsync(Options));

        string[] header = Table(text, "## Score of trio")[0];
        Assert.Equal(
            ["", "questions", "trio", "best single (cipher)", "+ self-consistency (calls)", "+ self-consistency (tokens)",
                "+ self-consistency (FLOPs)", "+ self-consistency (wall time)", "random expert",
                "generalist (novice)", "oracle", "majority vote", "gap closed"], header);
        Assert.Equal(["all questions", "add", "reverse"], Table(text, "## Score of auto")[2..].Select(row => row[0]));
        Assert.StartsWith("80.0 [", Table(text, "## Score of auto")[2][2], StringComparison.Ordinal);
        Assert.StartsWith("60.0 [", Table(text, "## Score of auto")[2][^1], StringComparison.Ordinal);
        Assert.Equal("+30.0", Table(text, "## Gain of auto")[2][1][..5]);
        Assert.Contains(Table(text, "## Cost"), row => row[0] == "all experts");
        Assert.Equal("abacus", Table(text, "## Experts alone")[2][0]);
    }

    [Fact]
    public async Task Markdown_NoBaselines_HasThePoliciesAlone()
    {
        string text = MarkdownReport.Write(await ResultFileTests.ResultAsync(Options with { Baselines = false, Generalist = null }));

        Assert.Equal(["", "questions", "auto"], Table(text, "## Score of auto")[0]);
        Assert.DoesNotContain("Gain", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Experts alone", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_HostileNames_StayText()
    {
        string text = MarkdownReport.Write(Hostilely(await ResultFileTests.ResultAsync(Options)));

        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.All(Table(text, "## Score of auto"), row => Assert.Equal(13, row.Length));
        Assert.Equal(@"\# [x]\(y) a\|b", MarkdownReport.Escape("# [x](y) a|b"));
    }

    [Fact]
    public async Task Html_Result_IsWellFormedAndNeedsNothingElse()
    {
        string page = HtmlReport.Write(await ResultFileTests.ResultAsync(Options));

        Assert.DoesNotMatch(@"(src|href)\s*=|url\(|@import|<script|http", page);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
        XDocument[] plots = [.. Regex.Matches(page, "<svg.*?</svg>", RegexOptions.Singleline, TimeSpan.FromSeconds(10)).Select(svg => XDocument.Parse(svg.Value))];
        Assert.Equal(3, plots.Length);
        // Three groups of four bars and their whiskers, beside the legend's four.
        Assert.Equal(16, plots[0].Descendants("rect").Count());
        Assert.Equal(12, plots[0].Descendants("line").Count(line => line.Attribute("class")!.Value == "whisker"));
        // Three experts, three budgets of each policy that are known, the vote and the policies.
        Assert.Equal(12, plots[2].Descendants("circle").Count());
    }

    [Fact]
    public async Task Html_HostileNames_AreEscaped()
    {
        string page = HtmlReport.Write(Hostilely(await ResultFileTests.ResultAsync(Options)));

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.All(
            Regex.Matches(page, "<svg.*?</svg>", RegexOptions.Singleline, TimeSpan.FromSeconds(10)),
            svg => XDocument.Parse(svg.Value));
    }

    [Fact]
    public async Task Html_Warnings_ComeFirst()
    {
        EvalResult result = await ResultFileTests.ResultAsync(Options);

        string page = HtmlReport.Write(result with { Facts = result.Facts with { Warnings = ["Too good."] } });

        Assert.True(page.IndexOf("Too good.", StringComparison.Ordinal) < page.IndexOf("<h2>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reports_NothingGraded_AreStillWritten()
    {
        EvalResult result = await ResultFileTests.ResultAsync(Options);
        EvalResult empty = result with { Rows = [.. result.Rows.Select(row => row with { Scores = row.Scores.ToDictionary(score => score.Key, _ => (double?)null) })] };

        Assert.Contains("10 questions are in no mean", MarkdownReport.Write(empty), StringComparison.Ordinal);
        Assert.Contains("</html>", HtmlReport.Write(empty), StringComparison.Ordinal);
    }

    static EvalResult Hostilely(EvalResult result) => result with
    {
        Facts = result.Facts with { Dataset = Hostile, Generalist = Hostile, Warnings = [Hostile] },
        Rows = [.. result.Rows.Select(row => row with { Skills = [Hostile] })],
    };

    /// <summary>Cells of the table below a heading; its second row is the rule.</summary>
    static string[][] Table(string text, string heading) =>
    [
        .. text.Split('\n').SkipWhile(line => line != heading).SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|'))
            .Select(line => Regex.Split(line[2..^2], @" \| ", RegexOptions.None, TimeSpan.FromSeconds(1))),
    ];
}
