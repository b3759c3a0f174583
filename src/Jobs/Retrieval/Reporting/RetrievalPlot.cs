using Orchestrator.Jobs.Evaluation.Statistics;
using Orchestrator.Jobs.Reports;
using Orchestrator.Jobs.Retrieval.Arms;
using Orchestrator.Jobs.Retrieval.Results;
using Orchestrator.Jobs.RouterEvaluation.Reporting;

namespace Orchestrator.Jobs.Retrieval.Reporting;

/// <summary>Every way of searching with its interval, one below the other.</summary>
static class RetrievalPlot
{
    const double Left = 330, Right = 24, Top = 8, Bottom = 40, Width = 860, Row = 24;

    public static string Draw(RetrievalResult result)
    {
        var scores = new ArmScores(result.Arms, one => one.Ndcg, result.Options.Bootstrap);
        Estimate[] means = [.. result.Arms.Select((_, arm) => scores.Mean(arm))];
        double height = Top + means.Length * Row + Bottom;
        var axis = new Axis(means.SelectMany(mean => new[] { mean.Range.Low, mean.Range.High }), Left, Width - Right);
        var svg = new Svg(Width, height, "nDCG@10, mean over collections");
        foreach (double tick in axis.Ticks)
        {
            svg.Line(axis.At(tick), Top, axis.At(tick), height - Bottom, "grid");
            svg.Text(axis.At(tick), height - Bottom + 16, $"{Words.Percent(tick)} %", "middle", "tick");
        }
        for (int i = 0; i < means.Length; i++)
        {
            double y = Top + (i + 0.5) * Row;
            svg.Text(Left - 10, y + 4, result.Arms[i].Name, "end");
            svg.Line(axis.At(means[i].Range.Low), y, axis.At(means[i].Range.High), y, "whisker");
            svg.Dot(axis.At(means[i].Value), y, Style(result.Arms[i]), $"{result.Arms[i].Name}: {Words.Percent(means[i])} %");
        }
        return svg.ToString();
    }

    static string Style(ArmRow arm) => arm.Kind switch
    {
        ArmKind.Informed => "s2",
        ArmKind.Router => "s0",
        ArmKind.Fused => "s3",
        _ => "expert",
    };
}
