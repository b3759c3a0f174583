using Orchestrator.Jobs.Reports;
using Orchestrator.Jobs.RouterEvaluation.Judging;

namespace Orchestrator.Jobs.RouterEvaluation.Reporting;

/// <summary>Every contender and reference with its interval, one below the other.</summary>
static class ScorePlot
{
    const double Left = 170, Right = 24, Top = 8, Bottom = 40, Width = 860, Row = 24;

    public static string Draw(IReadOnlyList<Verdict> verdicts)
    {
        double height = Top + verdicts.Count * Row + Bottom;
        var axis = new Axis(verdicts.SelectMany(verdict => new[] { verdict.Score.Range.Low, verdict.Score.Range.High }), Left, Width - Right);
        var svg = new Svg(Width, height, "Mean score of the chosen expert");
        foreach (double tick in axis.Ticks)
        {
            svg.Line(axis.At(tick), Top, axis.At(tick), height - Bottom, "grid");
            svg.Text(axis.At(tick), height - Bottom + 16, $"{RouterWords.Percent(tick)} %", "middle", "tick");
        }
        svg.Text((Left + Width) / 2, height - 6, "mean score of the chosen expert", "middle", "tick");
        for (int i = 0; i < verdicts.Count; i++)
        {
            Verdict verdict = verdicts[i];
            double y = Top + (i + 0.5) * Row;
            svg.Text(Left - 10, y + 4, verdict.Name, "end");
            svg.Line(axis.At(verdict.Score.Range.Low), y, axis.At(verdict.Score.Range.High), y, "whisker");
            svg.Dot(axis.At(verdict.Score.Value), y, Style(verdict), $"{verdict.Name}: {RouterWords.Percent(verdict.Score)} %");
        }
        return svg.ToString();
    }

    static string Style(Verdict verdict) =>
        verdict.Name == ReferenceNames.Auto ? "s0" : ReferenceNames.All.Contains(verdict.Name) ? "s2" : "s3";
}
