using System.Runtime.InteropServices;

namespace Orchestrator.Router.Coverage;

/// <summary>How often an expert is right in a region.</summary>
/// <param name="Mean">Shrunk toward the expert's overall mean; not a number where nothing is known of it.</param>
/// <param name="Lower">The mean is above this, but for a small chance.</param>
/// <param name="Upper">The mean is below this, but for the same chance.</param>
/// <param name="Count">Questions of the region that it was asked.</param>
[StructLayout(LayoutKind.Auto)]
readonly record struct Reliability(double Mean, double Lower, double Upper, int Count)
{
    /// <param name="sum">Of the scores, each 0…1.</param>
    /// <param name="overall">The expert's mean over all regions, which <paramref name="prior"/> questions are added at.</param>
    /// <param name="deviations">Of the bounds: those of Wilson's interval, wide enough for scores that are not only 0 and 1.</param>
    public static Reliability Of(double sum, int count, double overall, double prior, double deviations)
    {
        double n = count + prior;
        double mean = n > 0 ? (sum + (prior > 0 ? prior * overall : 0)) / n : double.NaN;
        if (double.IsNaN(mean))
            return new Reliability(double.NaN, 0, 1, count);
        double z = deviations * deviations / n;
        double centre = (mean + z / 2) / (1 + z);
        double half = Math.Sqrt(Math.Max(0, mean * (1 - mean)) * z + z * z / 4) / (1 + z);
        return new Reliability(mean, Math.Max(0, centre - half), Math.Min(1, centre + half), count);
    }
}
