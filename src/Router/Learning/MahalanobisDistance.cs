using System.Numerics.Tensors;

namespace Orchestrator.Router.Learning;

/// <summary>The nearest centre and how far it is, in pooled standard deviations.</summary>
readonly record struct CentreDistance(int Centre, double Distance);

/// <summary>
/// How far a row lies from everything known: its distance to the nearest of K centres under the covariance of rows within
/// their clusters, pooled over the clusters, + ridge · I. Rows and centres are whitened, so that a prediction is one
/// triangular solve and K plain distances.
/// </summary>
sealed class MahalanobisDistance
{
    readonly UpdatableCholesky _covariance;
    readonly double[][] _centres;

    MahalanobisDistance(UpdatableCholesky covariance, double[][] centres) => (_covariance, _centres) = (covariance, centres);

    public int Centres => _centres.Length;

    /// <param name="rows">n rows of d features; not kept.</param>
    /// <param name="assignment">The cluster of each row, from 0, such as that of <see cref="KMeans"/>; none may be empty.</param>
    /// <param name="ridge">Added to the covariance's diagonal, in the features' own squared unit; above 0.</param>
    /// <exception cref="ArgumentException">Rows and clusters do not fit together.</exception>
    public static MahalanobisDistance Fit(IReadOnlyList<float[]> rows, IReadOnlyList<int> assignment, double ridge = 0.02)
    {
        Inputs.Positive(ridge, nameof(ridge));
        int width = Inputs.Width(rows);
        if (assignment.Count != rows.Count || assignment.Any(cluster => cluster < 0))
            throw new ArgumentException($"There must be one cluster, from 0, for each of {rows.Count} rows.", nameof(assignment));
        float[][] means = Means(rows, assignment, width);
        float[][] within = [.. rows.Zip(assignment, (row, cluster) => Difference(row, means[cluster]))];
        double[][] covariance = GramMatrix.Of(within, width, bias: false);
        foreach (double[] row in covariance)
        {
            TensorPrimitives.Divide(row, rows.Count, row);
            row[0] += ridge;
        }
        UpdatableCholesky factor = UpdatableCholesky.Of(covariance);
        return new MahalanobisDistance(factor, [.. means.Select(mean => White(factor, mean))]);
    }

    public CentreDistance Nearest(ReadOnlySpan<float> row)
    {
        if (row.Length != _covariance.Size)
            throw new ArgumentException($"{row.Length} features were given, not {_covariance.Size}.", nameof(row));
        double[] white = White(_covariance, row);
        var nearest = new CentreDistance(0, double.PositiveInfinity);
        for (int centre = 0; centre < _centres.Length; centre++)
        {
            double distance = TensorPrimitives.Distance<double>(_centres[centre], white);
            if (distance < nearest.Distance)
                nearest = new CentreDistance(centre, distance);
        }
        return nearest;
    }

    /// <returns>The row where the distance is the plain one.</returns>
    public double[] White(ReadOnlySpan<float> row) => White(_covariance, row);

    static double[] White(UpdatableCholesky factor, ReadOnlySpan<float> row)
    {
        var white = new double[row.Length];
        TensorPrimitives.ConvertTruncating(row, white.AsSpan());
        factor.Whiten(white);
        return white;
    }

    static float[][] Means(IReadOnlyList<float[]> rows, IReadOnlyList<int> assignment, int width)
    {
        var counts = new int[assignment.Max() + 1];
        float[][] means = [.. counts.Select(_ => new float[width])];
        for (int row = 0; row < rows.Count; row++)
        {
            float[] mean = means[assignment[row]];
            TensorPrimitives.Add(mean, rows[row], mean);
            counts[assignment[row]]++;
        }
        if (Array.IndexOf(counts, 0) is >= 0 and int empty)
            throw new ArgumentException($"Cluster {empty} has no rows.", nameof(assignment));
        for (int cluster = 0; cluster < counts.Length; cluster++)
            TensorPrimitives.Divide(means[cluster], counts[cluster], means[cluster]);
        return means;
    }

    static float[] Difference(float[] row, float[] mean)
    {
        var difference = new float[row.Length];
        TensorPrimitives.Subtract(row, mean, difference);
        return difference;
    }
}
