using System.Runtime.Intrinsics;
using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Coverage;

/// <summary>Rows where the Mahalanobis distance is the plain one, for the distance to the nearest of them.</summary>
sealed class WhiteRows
{
    /// <summary>Numbers that are added up before a row is given up: the nearest so far is most often passed in the first ones.</summary>
    const int Block = 32;

    readonly MahalanobisDistance _metric;
    readonly int _count;

    /// <summary>The numbers of a row that differ most come first: most rows are then given up after a block or two.</summary>
    readonly int[] _order;

    /// <summary>
    /// The first block of every row, then the second, and so on, zeros at the end: a search reads few beyond the first, which
    /// lie close together.
    /// </summary>
    readonly float[][] _blocks;

    /// <param name="rows">At least one.</param>
    /// <param name="most">Of more rows an even sample is kept.</param>
    public WhiteRows(MahalanobisDistance metric, IReadOnlyList<float[]> rows, int most)
    {
        _metric = metric;
        _count = Math.Min(rows.Count, most);
        double[][] white = [.. Enumerable.Range(0, _count).Select(i => metric.White(rows[(int)((long)i * rows.Count / _count)]))];
        double[] spread = [.. rows[0].Select((_, place) => Spread([.. white.Select(row => row[place])]))];
        _order = [.. Enumerable.Range(0, spread.Length).OrderByDescending(place => spread[place])];
        _blocks = [.. Enumerable.Range(0, (spread.Length + Block - 1) / Block).Select(_ => new float[_count * Block])];
        for (int i = 0; i < _count; i++)
        {
            float[] ordered = Ordered(white[i]);
            for (int block = 0; block < _blocks.Length; block++)
                ordered.AsSpan(block * Block, Block).CopyTo(_blocks[block].AsSpan(i * Block));
        }
    }

    /// <returns>The distance to the k-th nearest row, in pooled standard deviations.</returns>
    public double Nearest(ReadOnlySpan<float> row, int k = 1)
    {
        float[] white = Ordered(_metric.White(row));
        var nearest = new float[k];
        Array.Fill(nearest, float.PositiveInfinity);
        for (int i = 0; i < _count; i++)
        {
            float distance = 0;
            for (int block = 0; block < _blocks.Length && distance < nearest[^1]; block++)
                distance += Squared(ref white[block * Block], ref _blocks[block][i * Block]);
            int place = k;
            while (place > 0 && distance < nearest[place - 1])
                place--;
            if (place == k)
                continue;
            nearest.AsSpan(place, k - place - 1).CopyTo(nearest.AsSpan(place + 1));
            nearest[place] = distance;
        }
        return Math.Sqrt(nearest[^1]);
    }

    /// <returns>The squared distance of one block.</returns>
    static float Squared(ref float left, ref float right)
    {
        Vector256<float> a = Vector256.LoadUnsafe(ref left) - Vector256.LoadUnsafe(ref right);
        Vector256<float> b = Vector256.LoadUnsafe(ref left, 8) - Vector256.LoadUnsafe(ref right, 8);
        Vector256<float> c = Vector256.LoadUnsafe(ref left, 16) - Vector256.LoadUnsafe(ref right, 16);
        Vector256<float> d = Vector256.LoadUnsafe(ref left, 24) - Vector256.LoadUnsafe(ref right, 24);
        return Vector256.Sum(a * a + b * b + (c * c + d * d));
    }

    /// <returns>With zeros up to the end of a block.</returns>
    float[] Ordered(double[] white)
    {
        var ordered = new float[_blocks.Length * Block];
        for (int i = 0; i < white.Length; i++)
            ordered[i] = (float)white[_order[i]];
        return ordered;
    }

    static double Spread(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean));
    }
}
