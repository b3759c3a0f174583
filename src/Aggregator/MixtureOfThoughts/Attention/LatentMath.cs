using System.Numerics;
using System.Numerics.Tensors;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Attention;

/// <summary>
/// The arithmetic of the interaction layers. Products of whole matrices are written out, which is up to five times as fast as one
/// call of <see cref="TensorPrimitives"/> for each row: rows are short here, and several share what they are multiplied by.
/// </summary>
static class LatentMath
{
    const float Epsilon = 1e-5f;

    static int Lanes => Vector<float>.Count;

    /// <summary>The matrix lies row by row; each row's product with the vector. Four rows at once read the vector once.</summary>
    public static void Product(ReadOnlySpan<float> matrix, ReadOnlySpan<float> vector, Span<float> result)
    {
        int columns = vector.Length;
        int row = 0;
        for (; row <= result.Length - 4; row += 4)
            FourRows(matrix.Slice(row * columns, 4 * columns), vector, result.Slice(row, 4));
        for (; row < result.Length; row++)
            result[row] = TensorPrimitives.Dot(matrix.Slice(row * columns, columns), vector);
    }

    static void FourRows(ReadOnlySpan<float> matrix, ReadOnlySpan<float> x, Span<float> result)
    {
        int columns = x.Length;
        ReadOnlySpan<float> a = matrix[..columns], b = matrix.Slice(columns, columns);
        ReadOnlySpan<float> c = matrix.Slice(2 * columns, columns), d = matrix.Slice(3 * columns, columns);
        Vector<float> sumA = default, sumB = default, sumC = default, sumD = default;
        int i = 0;
        for (; i <= columns - Lanes; i += Lanes)
        {
            Vector<float> part = At(x, i);
            sumA = Fused(At(a, i), part, sumA);
            sumB = Fused(At(b, i), part, sumB);
            sumC = Fused(At(c, i), part, sumC);
            sumD = Fused(At(d, i), part, sumD);
        }

        result[0] = Vector.Sum(sumA);
        result[1] = Vector.Sum(sumB);
        result[2] = Vector.Sum(sumC);
        result[3] = Vector.Sum(sumD);
        for (; i < columns; i++)
        {
            result[0] += a[i] * x[i];
            result[1] += b[i] * x[i];
            result[2] += c[i] * x[i];
            result[3] += d[i] * x[i];
        }
    }

    /// <summary>
    /// start + the vector's product with each column. Columns of keys are positions, so that a head of few dimensions still
    /// fills the vector unit. A last block that would be short begins earlier and computes some columns again.
    /// </summary>
    public static void ColumnProduct(ReadOnlySpan<float> matrix, ReadOnlySpan<float> vector, float start, Span<float> result)
    {
        int columns = result.Length;
        int block = columns >= 4 * Lanes ? 4 * Lanes : columns >= Lanes ? Lanes : 1;
        for (int done = 0; done < columns; done += block)
        {
            int column = Math.Min(done, columns - block);
            if (block == 1)
                result[column] = OneColumn(matrix[column..], vector, start, columns);
            else if (block == Lanes)
                OneBlock(matrix[column..], vector, start, columns).CopyTo(result[column..]);
            else
                FourBlocks(matrix[column..], vector, start, columns, result.Slice(column, block));
        }
    }

    static float OneColumn(ReadOnlySpan<float> matrix, ReadOnlySpan<float> vector, float sum, int stride)
    {
        for (int i = 0; i < vector.Length; i++)
            sum += vector[i] * matrix[i * stride];
        return sum;
    }

    static Vector<float> OneBlock(ReadOnlySpan<float> matrix, ReadOnlySpan<float> vector, float start, int stride)
    {
        var sum = new Vector<float>(start);
        for (int i = 0; i < vector.Length; i++)
            sum = Fused(At(matrix, i * stride), new Vector<float>(vector[i]), sum);
        return sum;
    }

    static void FourBlocks(ReadOnlySpan<float> matrix, ReadOnlySpan<float> vector, float start, int stride, Span<float> result)
    {
        Vector<float> a = new(start), b = a, c = a, d = a;
        for (int i = 0; i < vector.Length; i++)
        {
            var scale = new Vector<float>(vector[i]);
            ReadOnlySpan<float> row = matrix.Slice(i * stride, 4 * Lanes);
            a = Fused(At(row, 0), scale, a);
            b = Fused(At(row, Lanes), scale, b);
            c = Fused(At(row, 2 * Lanes), scale, c);
            d = Fused(At(row, 3 * Lanes), scale, d);
        }

        a.CopyTo(result);
        b.CopyTo(result[Lanes..]);
        c.CopyTo(result[(2 * Lanes)..]);
        d.CopyTo(result[(3 * Lanes)..]);
    }

    /// <summary>x / sqrt(mean(x^2) + 1e-5) * gain.</summary>
    public static void Rms(ReadOnlySpan<float> x, ReadOnlySpan<float> gain, Span<float> result)
    {
        float scale = 1 / MathF.Sqrt((TensorPrimitives.SumOfSquares(x) / x.Length) + Epsilon);
        TensorPrimitives.Multiply(x, scale, result);
        TensorPrimitives.Multiply(result, gain, result);
    }

    public static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));

    static Vector<float> At(ReadOnlySpan<float> values, int index) => new(values[index..]);

    /// <summary>Always with one rounding, whether the method is compiled for speed yet or not.</summary>
    static Vector<float> Fused(Vector<float> x, Vector<float> y, Vector<float> z) => Vector.FusedMultiplyAdd(x, y, z);
}
