namespace Orchestrator.Router.Strategies;

/// <summary>
/// Turns a strategy's expected score into the probability that the answer is right: bins of leave-one-out expectations,
/// made monotone by isotonic regression (pool-adjacent-violators), linear in between. Expectations must be
/// leave-one-out: a strategy that has seen the question expects too much.
/// </summary>
sealed class Calibration
{
    /// <summary>Observations a bin has at least, when there are as many.</summary>
    const int BinSize = 20;

    readonly double[] _expected;
    readonly double[] _actual;

    Calibration(List<Bin> bins)
    {
        _expected = [.. bins.Select(bin => bin.Expected)];
        _actual = [.. bins.Select(bin => bin.Actual)];
    }

    /// <param name="pairs">Expected and actual score of the chosen expert for each question.</param>
    public static Calibration Fit(IReadOnlyCollection<(double Expected, double Actual)> pairs)
    {
        // One pseudo-observation of the overall rate in each bin: twenty lucky questions are no certainty.
        double rate = pairs.Count > 0 ? pairs.Average(pair => pair.Actual) : 0;
        var monotone = new List<Bin>();
        foreach (Bin bin in Bins(pairs))
        {
            Bin next = bin with { Actual = (bin.Actual * bin.Count + rate) / (bin.Count + 1) };
            while (monotone.Count > 0 && monotone[^1].Actual >= next.Actual)
            {
                next = monotone[^1].Join(next);
                monotone.RemoveAt(monotone.Count - 1);
            }
            monotone.Add(next);
        }
        return new Calibration(monotone);
    }

    /// <returns>Probability in 0…1, never falling as the expectation rises; 0 when there was nothing to fit.</returns>
    public double At(double expected)
    {
        if (_expected.Length == 0)
            return 0;
        int above = Array.BinarySearch(_expected, expected);
        if (above >= 0)
            return _actual[above];
        above = ~above;
        if (above == 0)
            return _actual[0];
        if (above == _expected.Length)
            return _actual[^1];
        double share = (expected - _expected[above - 1]) / (_expected[above] - _expected[above - 1]);
        return double.Lerp(_actual[above - 1], _actual[above], share);
    }

    /// <summary>Equal expectations share a bin whatever came of them.</summary>
    static List<Bin> Bins(IEnumerable<(double Expected, double Actual)> pairs)
    {
        var bins = new List<Bin>();
        foreach (var same in pairs.GroupBy(pair => pair.Expected).OrderBy(group => group.Key))
        {
            var bin = new Bin(same.Key, same.Average(pair => pair.Actual), same.Count());
            if (bins.Count > 0 && bins[^1].Count < BinSize)
                bins[^1] = bins[^1].Join(bin);
            else
                bins.Add(bin);
        }
        if (bins.Count > 1 && bins[^1].Count < BinSize)
        {
            bins[^2] = bins[^2].Join(bins[^1]);
            bins.RemoveAt(bins.Count - 1);
        }
        return bins;
    }

    sealed record Bin(double Expected, double Actual, int Count)
    {
        public Bin Join(Bin next)
        {
            int count = Count + next.Count;
            return new Bin(
                (Expected * Count + next.Expected * next.Count) / count,
                (Actual * Count + next.Actual * next.Count) / count,
                count);
        }
    }
}
