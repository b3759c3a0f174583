using Orchestrator.Jobs.Reports;
using Orchestrator.Jobs.RouterEvaluation.Reporting;
using Orchestrator.Router.Routing.Trials;

namespace Orchestrator.Jobs.Training;

/// <summary>The best expected score at each budget: a staircase, because only a larger expert buys more.</summary>
static class FrontPlot
{
    const double Left = 64, Right = 24, Top = 16, Bottom = 44, Width = 860, Height = 380;

    /// <summary>Dots of a front with more points would hide its line.</summary>
    const int MostDots = 60;

    /// <param name="unit">What the sizes are divided by for the axis.</param>
    /// <param name="spent">Where the chosen map lies.</param>
    public static string Draw(BudgetFront front, string label, double unit, Spent spent, double quality)
    {
        var across = new Axis(front.Points.Select(point => point.Size / unit), Left, Width - Right);
        var up = new Axis([.. front.Points.Select(point => point.Quality), quality], Height - Bottom, Top);
        var svg = new Svg(Width, Height, $"Expected score by {label}");
        foreach (double tick in up.Ticks)
        {
            svg.Line(Left, up.At(tick), Width - Right, up.At(tick), "grid");
            svg.Text(Left - 8, up.At(tick) + 4, $"{100 * tick:0.#} %", "end", "tick");
        }
        foreach (double tick in across.Ticks)
        {
            svg.Line(across.At(tick), Top, across.At(tick), Height - Bottom, "grid");
            svg.Text(across.At(tick), Height - Bottom + 18, $"{tick:0.##}", "middle", "tick");
        }
        svg.Text((Left + Width) / 2, Height - 6, label, "middle", "tick");
        for (int i = 0; i < front.Points.Count; i++)
        {
            double x = X(front.Points[i]), y = up.At(front.Points[i].Quality);
            double next = i + 1 < front.Points.Count ? X(front.Points[i + 1]) : x;
            svg.Line(x, y, next, y, "curve0");
            if (i + 1 < front.Points.Count)
                svg.Line(next, y, next, up.At(front.Points[i + 1].Quality), "curve0");
            if (front.Points.Count <= MostDots)
                svg.Dot(x, y, "s0", $"{front.Points[i].Size / unit:0.##}: {Words.Percent(front.Points[i].Quality)} % by {string.Join(", ", front.Points[i].Experts)}");
        }
        if (spent.Used is { } used)
            svg.Dot(across.At(used / unit), up.At(quality), "s2", $"the chosen map: {used / unit:0.##}, {Words.Percent(quality)} %");
        return svg.ToString();

        double X(BudgetPoint point) => across.At(point.Size / unit);
    }
}
