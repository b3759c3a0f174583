using System.Runtime.InteropServices;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Coverage;

/// <summary>Where a question lies among the profiled ones.</summary>
/// <param name="Region">The nearest one.</param>
/// <param name="Nearest">Mahalanobis distance to the nearest profiled question: how much it looks unlike any.</param>
/// <param name="Cosine">1 − cosine to the nearest profiled question: how much it talks of something else.</param>
[StructLayout(LayoutKind.Auto)]
readonly record struct SupportReading(int Region, double Nearest, double Cosine);

/// <summary>
/// Makes one number of both distances: each in standard deviations from what is usual for a profiled question that no fit
/// had seen, averaged. Either alone misses what the other sees.
/// </summary>
sealed record SupportScale(double NearestMean, double NearestDeviation, double CosineMean, double CosineDeviation)
{
    public static SupportScale Fit(IReadOnlyCollection<SupportReading> heldOut)
    {
        (double nearest, double nearestDeviation) = Spread([.. heldOut.Select(reading => reading.Nearest)]);
        (double cosine, double cosineDeviation) = Spread([.. heldOut.Select(reading => reading.Cosine)]);
        return new SupportScale(nearest, nearestDeviation, cosine, cosineDeviation);
    }

    public double Distance(SupportReading reading) =>
        ((reading.Nearest - NearestMean) / NearestDeviation + (reading.Cosine - CosineMean) / CosineDeviation) / 2;

    static (double Mean, double Deviation) Spread(double[] values)
    {
        // Questions that are all equal have no spread; any other is then far away.
        const double Least = 1e-3;
        double mean = values.Average();
        return (mean, Math.Max(Least, Math.Sqrt(values.Average(value => (value - mean) * (value - mean)))));
    }
}
