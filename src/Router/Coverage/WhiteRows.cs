using System.Numerics.Tensors;
using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Coverage;

/// <summary>Rows where the Mahalanobis distance is the plain one, for the distance to the nearest of them.</summary>
/// <param name="most">Of more rows an even sample is kept: a search reads them all.</param>
sealed class WhiteRows(MahalanobisDistance metric, IReadOnlyList<float[]> rows, int most)
{
    readonly float[][] _rows =
    [
        .. Enumerable.Range(0, Math.Min(rows.Count, most)).Select(i => Single(metric.White(rows[(int)((long)i * rows.Count / Math.Min(rows.Count, most))]))),
    ];

    /// <returns>The distance to the k-th nearest row, in pooled standard deviations.</returns>
    public double Nearest(ReadOnlySpan<float> row, int k = 1)
    {
        float[] white = Single(metric.White(row));
        var nearest = new float[k];
        Array.Fill(nearest, float.PositiveInfinity);
        foreach (float[] other in _rows)
        {
            float distance = TensorPrimitives.Distance<float>(white, other);
            int place = k;
            while (place > 0 && distance < nearest[place - 1])
                place--;
            if (place == k)
                continue;
            nearest.AsSpan(place, k - place - 1).CopyTo(nearest.AsSpan(place + 1));
            nearest[place] = distance;
        }
        return nearest[^1];
    }

    static float[] Single(double[] row) => [.. row.Select(value => (float)value)];
}
