using Orchestrator.Jobs.Reports;
using Orchestrator.Jobs.RouterEvaluation.Judging;

namespace Orchestrator.Jobs.RouterEvaluation.Reporting;

/// <summary>What came of confidence, bin by bin: on the diagonal it can be taken at its word.</summary>
static class ReliabilityPlot
{
    const double Left = 64, Right = 24, Top = 16, Bottom = 44, Width = 480, Height = 420;

    public static string Draw(Reliability reliability)
    {
        var x = new Axis([0, 1], Left, Width - Right, ticks: 5);
        var y = new Axis([0, 1], Height - Bottom, Top, ticks: 5);
        var svg = new Svg(Width, Height, "Score against confidence");
        foreach (double tick in x.Ticks)
        {
            svg.Line(Left, y.At(tick), Width - Right, y.At(tick), "grid");
            svg.Text(Left - 8, y.At(tick) + 4, $"{100 * tick:0} %", "end", "tick");
            svg.Text(x.At(tick), Height - Bottom + 18, $"{100 * tick:0} %", "middle", "tick");
        }
        svg.Line(x.At(0), y.At(0), x.At(1), y.At(1), "even");
        svg.Text((Left + Width) / 2, Height - 6, "confidence; mean score upwards", "middle", "tick");
        int all = reliability.Bins.Sum(bin => bin.Count);
        foreach (ReliabilityBin bin in reliability.Bins)
        {
            // The bar at the foot tells how many questions a bin stands for.
            double share = (double)bin.Count / all;
            svg.Bar(x.At(bin.Confidence) - 6, y.At(share / 4), 12, y.At(0) - y.At(share / 4), "s1", $"{bin.Count} questions");
            svg.Dot(x.At(bin.Confidence), y.At(bin.Score), "s0",
                $"confidence {RouterWords.Percent(bin.Confidence)} %, score {RouterWords.Percent(bin.Score)} % over {bin.Count} questions");
        }
        return svg.ToString();
    }
}
