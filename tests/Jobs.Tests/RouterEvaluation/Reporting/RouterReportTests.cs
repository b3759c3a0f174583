using System.Text.RegularExpressions;
using System.Xml.Linq;
using Orchestrator.Jobs.RouterEvaluation;
using Orchestrator.Jobs.RouterEvaluation.Data;
using Orchestrator.Jobs.RouterEvaluation.Learning;
using Orchestrator.Jobs.RouterEvaluation.Reporting;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Tests.RouterEvaluation.Reporting;

public sealed class RouterReportTests
{
    const string Hostile = "<script>alert('x')</script> & \"|`_*";

    [Fact]
    public void Markdown_OneSplit_HasContendersAndReferences()
    {
        string text = RouterReport.Markdown(Result(RoutingSets.Small, "field"));

        Assert.Equal(
            ["best-single", "nearest", "random", "auto", "best single", "told", "random expert", "oracle"], Names(text, "## Score"));
        Assert.Equal(["add", "reverse"], Names(text, "## Score by category"));
        Assert.DoesNotContain("## Score by benchmark", text, StringComparison.Ordinal);
        Assert.Equal(["best-single", "nearest", "random", "auto"], Names(text, "## Score for cost"));
        Assert.Equal(["best-single", "nearest", "random"], Names(text, "## Effort"));
    }

    [Fact]
    public void Markdown_UnknownCosts_ShowNone()
    {
        RoutingSet free = RoutingSets.Small with
        {
            Rows = [.. RoutingSets.Small.Rows.Select(row => row with
            {
                Outcome = row.Outcome with { Outcomes = [.. row.Outcome.Outcomes.Select(outcome => outcome is { } known ? known with { Cost = null } : (Outcome?)null)] },
            })],
        };

        string text = RouterReport.Markdown(Result(free, "field"));

        Assert.DoesNotContain("## Score for cost", text, StringComparison.Ordinal);
        Assert.All(Table(text, "## Experts alone"), row => Assert.Equal("–", row[2]));
    }

    [Fact]
    public void Markdown_NotRun_SaysWhy()
    {
        string text = RouterReport.Markdown(Result(RoutingSets.Small, "field", [RoutingSets.WrongOption, Contender.Of("best-single")]));

        Assert.Contains("Not run: nearest.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("nearest", Names(text, "## Score"));
    }

    [Fact]
    public void Html_SeveralSplits_IsWellFormedAndNeedsNothingElse()
    {
        string page = RouterReport.Html(Result(RoutingSets.Small, "random:2:80"));

        Assert.DoesNotMatch(@"(src|href)\s*=|url\(|@import|<script|http", page);
        XDocument[] plots = Plots(page);
        Assert.Equal(3, plots.Length);
        Assert.Equal(8, plots[0].Descendants("circle").Count());
        Assert.Equal(3, plots[1].Descendants("circle").Count());
    }

    [Fact]
    public void Reports_HostileNames_StayText()
    {
        RoutingSet hostile = RoutingSets.Small with { Name = Hostile, Experts = [Hostile, "cipher", "abacus"] };

        RouterResult result = Result(hostile, "field");

        Assert.DoesNotContain("<script", RouterReport.Markdown(result), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", RouterReport.Html(result), StringComparison.Ordinal);
        Assert.Equal(3, Plots(RouterReport.Html(result)).Length);
    }

    static RouterResult Result(RoutingSet set, string rule, IReadOnlyList<Contender>? contenders = null)
    {
        var evaluator = new RouterEvaluator(RoutingSets.Options, RoutingSets.Learner);
        return new RouterResult(set, rule, "hashed", RoutingSets.Options,
            [.. SplitRule.Parse(rule).Of(set).Select(split => evaluator.Run(set, split, contenders ?? RoutingSets.Contenders))]);
    }

    static XDocument[] Plots(string page) =>
        [.. Regex.Matches(page, "<svg.*?</svg>", RegexOptions.Singleline, TimeSpan.FromSeconds(10)).Select(svg => XDocument.Parse(svg.Value))];

    static string[] Names(string text, string heading) => [.. Table(text, heading).Select(row => row[0])];

    /// <summary>Cells below the heading's table head and rule.</summary>
    static string[][] Table(string text, string heading) =>
    [
        .. text.Split('\n').SkipWhile(line => line != heading).SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Skip(2)
            .Select(line => Regex.Split(line[2..^2], @" \| ", RegexOptions.None, TimeSpan.FromSeconds(1))),
    ];
}
