namespace Orchestrator.Jobs.RouterEvaluation.Judging;

/// <summary>How much score a way of choosing has at every cost.</summary>
static class CostCurve
{
    /// <summary>
    /// Mean height of the curve between two costs, linear between its points and level beyond them; of points at the same cost
    /// the best.
    /// </summary>
    /// <returns>Null when there is no curve or no range.</returns>
    public static double? Area(IReadOnlyList<CurvePoint> curve, double low, double high)
    {
        if (curve.Count == 0 || high <= low)
            return null;
        CurvePoint[] points = [.. curve.GroupBy(point => point.Cost).OrderBy(group => group.Key)
            .Select(group => new CurvePoint(group.Key, group.Max(point => point.Score)))];
        double[] costs = [low, .. points.Select(point => point.Cost).Where(cost => cost > low && cost < high), high];
        double area = 0;
        for (int i = 1; i < costs.Length; i++)
            area += (costs[i] - costs[i - 1]) * (At(points, costs[i - 1]) + At(points, costs[i])) / 2;
        return area / (high - low);
    }

    static double At(CurvePoint[] points, double cost)
    {
        int above = Array.FindIndex(points, point => point.Cost >= cost);
        if (above < 0)
            return points[^1].Score;
        if (above == 0)
            return points[0].Score;
        (CurvePoint left, CurvePoint right) = (points[above - 1], points[above]);
        return double.Lerp(left.Score, right.Score, (cost - left.Cost) / (right.Cost - left.Cost));
    }
}
