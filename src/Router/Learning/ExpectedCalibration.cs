namespace Orchestrator.Router.Learning;

/// <summary>What was expected and what came of it, on average, in one bin.</summary>
readonly record struct CalibrationBin(double Expected, double Actual, int Count);

/// <summary>How far expectations, 0…1, are from what came true.</summary>
static class ExpectedCalibration
{
    /// <returns>Σ share of the bin · |mean expected − mean actual|, over bins of (nearly) as many pairs each; 0…1.</returns>
    /// <exception cref="ArgumentException">No pairs, no bins, or a value outside 0…1.</exception>
    public static double EqualMass(IReadOnlyCollection<(double Expected, double Actual)> pairs, int bins = 10) =>
        Error(EqualMassBins(pairs, bins), pairs.Count);

    /// <returns>The same over bins of equal width.</returns>
    /// <exception cref="ArgumentException">No pairs, no bins, or a value outside 0…1.</exception>
    public static double EqualWidth(IReadOnlyCollection<(double Expected, double Actual)> pairs, int bins = 10) =>
        Error(EqualWidthBins(pairs, bins), pairs.Count);

    /// <summary>Bins of as many pairs each; equal expectations are ordered as they came.</summary>
    public static CalibrationBin[] EqualMassBins(IReadOnlyCollection<(double Expected, double Actual)> pairs, int bins = 10)
    {
        Check(pairs, bins);
        (double, double)[] ordered = [.. pairs.OrderBy(pair => pair.Expected)];
        return [.. Enumerable.Range(0, bins)
            .Select(bin => ordered[(int)((long)bin * ordered.Length / bins)..(int)((bin + 1L) * ordered.Length / bins)])
            .Where(bin => bin.Length > 0).Select(Bin)];
    }

    /// <summary>Bins of equal width; those without a pair are left out.</summary>
    public static CalibrationBin[] EqualWidthBins(IReadOnlyCollection<(double Expected, double Actual)> pairs, int bins = 10)
    {
        Check(pairs, bins);
        return [.. pairs.GroupBy(pair => Math.Min((int)(pair.Expected * bins), bins - 1)).OrderBy(bin => bin.Key)
            .Select(bin => Bin([.. bin]))];
    }

    /// <returns>Mean (expected − actual)²; 0…1.</returns>
    /// <exception cref="ArgumentException">No pairs, or a value outside 0…1.</exception>
    public static double Brier(IReadOnlyCollection<(double Expected, double Actual)> pairs)
    {
        Check(pairs, 1);
        return pairs.Average(pair => (pair.Expected - pair.Actual) * (pair.Expected - pair.Actual));
    }

    static double Error(CalibrationBin[] bins, int count) =>
        bins.Sum(bin => (double)bin.Count / count * Math.Abs(bin.Expected - bin.Actual));

    static CalibrationBin Bin((double Expected, double Actual)[] pairs) =>
        new(pairs.Average(pair => pair.Expected), pairs.Average(pair => pair.Actual), pairs.Length);

    static void Check(IReadOnlyCollection<(double Expected, double Actual)> pairs, int bins)
    {
        if (pairs.Count == 0 || bins < 1)
            throw new ArgumentException($"{pairs.Count} pairs in {bins} bins; there must be at least one of each.", nameof(pairs));
        if (!pairs.All(pair => pair.Expected is >= 0 and <= 1 && pair.Actual is >= 0 and <= 1))
            throw new ArgumentException("An expectation or what came of it is outside 0 to 1.", nameof(pairs));
    }
}
