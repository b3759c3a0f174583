using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Coverage;

/// <summary>
/// The lower bound that a region's best expert must reach to be a specialist there. A bound is pessimistic, by an amount that
/// depends on sizes; so it is calibrated: the smallest one at which questions that no fit had seen came out right often enough.
/// </summary>
static class ReliabilityFloor
{
    /// <returns>0 when every region is good enough, above 1 when none is.</returns>
    public static double Fit(Profile profile, CoverageOptions options)
    {
        var pairs = new List<(double Expected, double Actual)>();
        foreach ((int[] others, int[] held) in OutOfFold.Parts(profile))
        {
            if (others.Length == 0)
                continue;
            Profile known = profile.Part(others);
            Support support = Support.Fit(known.Places, options);
            RegionTable table = RegionTable.Fit(
                known, [.. known.Places.Select(place => support.RegionOf(place).Cluster)], support.Regions, options);
            foreach (int row in held)
            {
                int region = support.RegionOf(profile.Places[row]).Cluster;
                int best = table.MostReliable(region, Enumerable.Range(0, profile.Table.Experts.Count));
                if (best >= 0 && !double.IsNaN(profile.Scores[row][best]))
                    pairs.Add((table[region, best].Lower, profile.Scores[row][best]));
            }
        }
        return Of(pairs, options.Reliable);
    }

    /// <param name="pairs">Lower bounds, and what the expert then scored.</param>
    internal static double Of(IReadOnlyCollection<(double Expected, double Actual)> pairs, double reliable)
    {
        if (pairs.Count == 0)
            return 0;
        Calibration calibration = Calibration.Fit(pairs);
        double[] bounds = [.. pairs.Select(pair => pair.Expected).Distinct().Order()];
        if (calibration.At(bounds[0]) >= reliable)
            return 0;
        foreach (double bound in bounds)
        {
            if (calibration.At(bound) >= reliable)
                return bound;
        }
        return double.BitIncrement(1);
    }
}
