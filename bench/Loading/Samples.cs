namespace Orchestrator.Bench.Loading;

/// <summary>Order statistics of measured times.</summary>
static class Samples
{
    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <summary>The nearest rank; NaN when nothing was measured.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        int rank = (int)Math.Ceiling(share * sorted.Length) - 1;
        return sorted.Length == 0 ? double.NaN : sorted[Math.Clamp(rank, 0, sorted.Length - 1)];
    }

    public static string Milliseconds(double milliseconds) => double.IsNaN(milliseconds) ? "–" : $"{milliseconds:0.0}";

    public static string Ratio(double value, double baseline) =>
        double.IsFinite(value / baseline) ? $"{value / baseline:0.00}" : "–";
}
