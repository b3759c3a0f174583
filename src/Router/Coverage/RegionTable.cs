using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Coverage;

/// <summary>How reliable each expert proved in each region.</summary>
sealed class RegionTable
{
    readonly Reliability[][] _cells;

    RegionTable(Reliability[][] cells, int[] sizes) => (_cells, Sizes) = (cells, sizes);

    /// <summary>Profiled questions of each region.</summary>
    public IReadOnlyList<int> Sizes { get; }

    public Reliability this[int region, int column] => _cells[region][column];

    /// <param name="regionOf">For each question of the profile.</param>
    public static RegionTable Fit(Profile profile, IReadOnlyList<int> regionOf, int regions, CoverageOptions options)
    {
        int experts = profile.Table.Experts.Count;
        double[][] sums = [.. Enumerable.Range(0, regions).Select(_ => new double[experts])];
        int[][] counts = [.. Enumerable.Range(0, regions).Select(_ => new int[experts])];
        var sizes = new int[regions];
        for (int row = 0; row < profile.Count; row++)
        {
            sizes[regionOf[row]]++;
            for (int column = 0; column < experts; column++)
            {
                if (double.IsNaN(profile.Scores[row][column]))
                    continue;
                sums[regionOf[row]][column] += profile.Scores[row][column];
                counts[regionOf[row]][column]++;
            }
        }
        return new RegionTable(
            [.. sums.Zip(counts, (sum, count) => sum.Select((total, column) =>
                Reliability.Of(total, count[column], profile.Means[column], options.Prior, options.Deviations)).ToArray())],
            sizes);
    }

    /// <returns>The column with the highest lower bound, the first of equals; −1 when nothing is known of any.</returns>
    public int MostReliable(int region, IEnumerable<int> columns)
    {
        int best = -1;
        foreach (int column in columns)
        {
            Reliability cell = _cells[region][column];
            if (!double.IsNaN(cell.Mean) && (best < 0 || cell.Lower > _cells[region][best].Lower))
                best = column;
        }
        return best;
    }
}
