namespace Orchestrator.Jobs.Aggregation;

/// <summary>Wilson's score interval of a share, which stays within 0…1 and holds for few items.</summary>
static class WilsonInterval
{
    /// <summary>Of the normal distribution, 95 % lie within so many standard deviations.</summary>
    const double Z = 1.959963984540054;

    /// <returns>The ends of the 95 % interval; 0 and 1 where nothing was counted.</returns>
    public static (double Low, double High) Of(int right, int items)
    {
        if (items == 0)
            return (0, 1);
        double share = (double)right / items, n = items;
        double centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z / (1 + Z * Z / n) * Math.Sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
