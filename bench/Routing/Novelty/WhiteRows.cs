using System.Numerics.Tensors;
using Orchestrator.Router.Learning;

namespace Orchestrator.Bench.Routing.Novelty;

/// <summary>Rows in which a Mahalanobis distance is a plain one.</summary>
sealed class WhiteRows(MahalanobisDistance metric, float[][] rows)
{
    readonly float[][] _rows = [.. rows.Select(row => Single(metric.White(row)))];

    /// <returns>The distance to the k-th nearest row.</returns>
    public double Nearest(float[] row, int k)
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
