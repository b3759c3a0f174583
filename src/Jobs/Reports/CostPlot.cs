using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Jobs.Reports;

/// <summary>Score against tokens a question: policies, self-consistency, the vote of all, and the experts alone.</summary>
static class CostPlot
{
    const double Left = 56, Right = 24, Top = 16, Bottom = 44, Width = 860, Height = 420;

    public static string Draw(EvalResult result, EvalSummary summary)
    {
        Point[] points = [.. Points(result, summary)];
        double[] ticks = Ticks(points.Select(point => point.Tokens));
        var svg = new Svg(Width, Height, "Score against tokens a question");
        for (int percent = 0; percent <= 100; percent += 20)
        {
            svg.Line(Left, Y(percent / 100.0), Width - Right, Y(percent / 100.0), "grid");
            svg.Text(Left - 8, Y(percent / 100.0) + 4, $"{percent} %", "end", "tick");
        }
        foreach (double tick in ticks)
        {
            svg.Line(X(tick), Top, X(tick), Height - Bottom, "grid");
            svg.Text(X(tick), Height - Bottom + 18, $"{tick:0}", "middle", "tick");
        }
        svg.Text((Left + Width) / 2, Height - 6, "tokens a question, read and written (logarithmic)", "middle", "tick");
        foreach (Point point in points)
        {
            double x = X(point.Tokens), y = Y(point.Score);
            if (point.Range is { } range)
                svg.Line(x, Y(range.Low), x, Y(range.High), "whisker");
            svg.Dot(x, y, point.Style, $"{point.Name}: {Words.Percent(point.Score)} %, {point.Tokens:0.#} tokens");
            if (point.Named)
                svg.Text(x > Width - 220 ? x - 9 : x + 9, y - 7, point.Name, x > Width - 220 ? "end" : "start");
        }
        return svg.ToString();

        double X(double tokens) =>
            Left + Math.Log(Math.Max(1, tokens) / ticks[0]) / Math.Log(ticks[^1] / ticks[0]) * (Width - Left - Right);
        double Y(double score) => Height - Bottom - score * (Height - Top - Bottom);
    }

    static IEnumerable<Point> Points(EvalResult result, EvalSummary summary)
    {
        EvalFacts facts = result.Facts;
        ArmTotals[] experts = [.. facts.Arms.Where(arm => arm.Kind == ArmKind.Expert)];
        foreach (ArmTotals arm in experts)
        {
            if (ExpertTable.Score(result, arm.Arm) is { } score)
                yield return new Point(arm.Arm, Each(arm), score, null, "expert", Named: arm.Arm == facts.BestSingle?.Expert);
        }
        foreach (var (column, budget) in facts.Budgets)
        {
            if (summary.All.Means.TryGetValue(column, out var mean))
            {
                // The other one lies beside it, and their names would cover each other.
                bool named = budget.Calls > 1 && column.StartsWith(Columns.AtTokens(""), StringComparison.Ordinal);
                yield return new Point(Words.Column(column, facts), budget.Tokens, mean.Value, mean.Range, "s2", named);
            }
        }
        if (summary.All.Means.TryGetValue(Columns.Vote, out var vote))
            yield return new Point("majority vote", experts.Sum(Each), vote.Value, vote.Range, "s1", Named: true);
        foreach (ArmTotals arm in facts.Arms.Where(arm => arm.Kind == ArmKind.Policy))
        {
            if (summary.All.Means.TryGetValue(arm.Arm, out var mean))
                yield return new Point(arm.Arm, Each(arm), mean.Value, mean.Range, "s0", Named: true);
        }
    }

    static double Each(ArmTotals arm) => (double)arm.Tokens / Math.Max(1, arm.Items);

    /// <summary>1, 2 and 5 times powers of ten, from one that is not above the least to one that is not below the most.</summary>
    static double[] Ticks(IEnumerable<double> tokens)
    {
        double[] all = [.. tokens.Select(each => Math.Max(1, each)).DefaultIfEmpty(1)];
        double[] nice = [.. Enumerable.Range(0, 12).SelectMany(power => new double[] { 1, 2, 5 }.Select(step => step * Math.Pow(10, power)))];
        double first = nice.Last(tick => tick <= all.Min());
        double last = nice.First(tick => tick >= all.Max() && tick > first);
        return [.. nice.Where(tick => tick >= first && tick <= last)];
    }

    sealed record Point(string Name, double Tokens, double Score, Interval? Range, string Style, bool Named);
}
