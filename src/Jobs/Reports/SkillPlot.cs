using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Jobs.Reports;

/// <summary>Bars by skill with their intervals: a policy, and what it is compared with.</summary>
static class SkillPlot
{
    const double Left = 170, Right = 20, Top = 34, Bottom = 24, Width = 860, Thickness = 9, Between = 12;

    const int MostSkills = 40;

    public static string Draw(string policy, EvalFacts facts, EvalSummary summary)
    {
        string[] columns = [.. new[] { policy, Columns.BestSingle, Columns.AtTokens(policy), Columns.Oracle }.Where(summary.Columns.Contains)];
        GroupSummary[] groups = [.. Shown(summary)];
        double each = columns.Length * Thickness + Between;
        double bottom = Top + groups.Length * each;
        var svg = new Svg(Width, bottom + Bottom, $"Score of {policy} by skill");
        Axis(svg, bottom);
        Legend(svg, columns, facts);
        for (int place = 0; place < groups.Length; place++)
        {
            double top = Top + place * each + Between / 2;
            svg.Text(Left - 8, top + columns.Length * Thickness / 2 + 4, $"{groups[place].Name} ({groups[place].Count})", "end");
            for (int series = 0; series < columns.Length; series++)
            {
                string name = $"{groups[place].Name}, {Words.Column(columns[series], facts)}";
                Bar(svg, top + series * Thickness, series, groups[place].Means[columns[series]], name);
            }
        }
        return svg.ToString();
    }

    /// <summary>All questions and the skills of the most; the table has the others too.</summary>
    static IEnumerable<GroupSummary> Shown(EvalSummary summary)
    {
        var largest = summary.Groups.Skip(1).OrderByDescending(group => group.Count).Take(MostSkills).ToHashSet();
        return summary.Groups.Where((group, place) => group.Count > 0 && (place == 0 || largest.Contains(group)));
    }

    static void Bar(Svg svg, double y, int series, Estimate mean, string name)
    {
        svg.Bar(Left, y, X(mean.Value) - Left, Thickness - 1.5, $"s{series}", $"{name}: {Words.Percent(mean)} %");
        double middle = y + (Thickness - 1.5) / 2;
        svg.Line(X(mean.Range.Low), middle, X(mean.Range.High), middle, "whisker");
    }

    static void Axis(Svg svg, double bottom)
    {
        for (int percent = 0; percent <= 100; percent += 20)
        {
            svg.Line(X(percent / 100.0), Top, X(percent / 100.0), bottom, "grid");
            svg.Text(X(percent / 100.0), bottom + 16, $"{percent} %", "middle", "tick");
        }
    }

    static void Legend(Svg svg, string[] columns, EvalFacts facts)
    {
        double x = Left;
        for (int series = 0; series < columns.Length; series++)
        {
            string name = Words.Column(columns[series], facts);
            svg.Bar(x, 10, 10, 10, $"s{series}", name);
            svg.Text(x + 15, 19, name);
            x += 34 + 6.6 * name.Length;
        }
    }

    static double X(double score) => Left + score * (Width - Left - Right);
}
