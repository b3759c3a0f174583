using Orchestrator.Jobs.Reports;
using Orchestrator.Jobs.RouterEvaluation.Judging;

namespace Orchestrator.Jobs.RouterEvaluation.Reporting;

/// <summary>Score against cost as the price of cost rises: every contender a curve, every expert alone a point.</summary>
static class CurvePlot
{
    const double Left = 64, Right = 24, Top = 16, Bottom = 44, Width = 860, Height = 420;

    public static string Draw(RouterResult result)
    {
        Verdict[] curves = [.. result.Verdicts.Where(verdict => verdict.Curve.Count > 0).OrderBy(verdict => verdict.Name == ReferenceNames.Auto)];
        var alone = result.Alone.Where(expert => expert.Cost is not null).ToArray();
        CurvePoint[] all = [.. curves.SelectMany(verdict => verdict.Curve), .. alone.Select(expert => new CurvePoint(expert.Cost!.Value, expert.Score))];
        var x = new Axis(all.Select(point => point.Cost), Left, Width - Right);
        var y = new Axis(all.Select(point => point.Score), Height - Bottom, Top);
        var svg = new Svg(Width, Height, "Score against cost");
        foreach (double tick in y.Ticks)
        {
            svg.Line(Left, y.At(tick), Width - Right, y.At(tick), "grid");
            svg.Text(Left - 8, y.At(tick) + 4, $"{RouterWords.Percent(tick)} %", "end", "tick");
        }
        foreach (double tick in x.Ticks)
        {
            svg.Line(x.At(tick), Top, x.At(tick), Height - Bottom, "grid");
            svg.Text(x.At(tick), Height - Bottom + 18, RouterWords.Cost(tick), "middle", "tick");
        }
        svg.Text((Left + Width) / 2, Height - 6, "cost of a question, in the unit of the file; auto is blue", "middle", "tick");
        foreach (Verdict verdict in curves)
        {
            string style = verdict.Name == ReferenceNames.Auto ? "curve0" : "curve1";
            foreach ((CurvePoint a, CurvePoint b) in verdict.Curve.Zip(verdict.Curve.Skip(1)).Where(pair => pair.First != pair.Second))
                svg.Line(x.At(a.Cost), y.At(a.Score), x.At(b.Cost), y.At(b.Score), style);
        }
        foreach ((string name, double score, double? cost) in alone)
            svg.Dot(x.At(cost!.Value), y.At(score), "expert", $"{name}: {RouterWords.Percent(score)} %, {RouterWords.Cost(cost.Value)}");
        return svg.ToString();
    }
}
