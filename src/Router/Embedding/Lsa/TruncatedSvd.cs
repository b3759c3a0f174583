using System.Numerics.Tensors;

namespace Orchestrator.Router.Embedding.Lsa;

/// <summary>
/// Randomised truncated SVD of the term matrix A (Halko, Martinsson and Tropp 2011, subspace iteration), held on its
/// short side: the texts. What is kept are U·Σ⁻¹, from which a feature's row of V is a sum over the texts that have it.
/// </summary>
static class TruncatedSvd
{
    /// <summary>Smaller singular values, as shares of the largest, are rounding.</summary>
    const double Rounding = 1e-4;

    /// <returns>One row a text, as long as the dimensions found; at least one dimension.</returns>
    public static float[][] TextFactors(TermMatrix matrix, LsaOptions options)
    {
        int width = Math.Min(options.Dimensions + options.Oversampling, matrix.TextCount);
        float[][] columns = Draw(matrix.TextCount, width, new Random(options.Seed));
        for (int iteration = 0; iteration < options.PowerIterations; iteration++)
        {
            TextGram.Multiply(matrix, columns);
            Orthogonal.Orthonormalise(columns);
        }
        float[][] products = [.. columns.Select(column => column.ToArray())];
        TextGram.Multiply(matrix, products);
        var strongest = Orthogonal.Eigen(Project(columns, products));
        int dimensions = strongest.Take(options.Dimensions).Count(pair => pair.Value > strongest[0].Value * Rounding * Rounding);
        return Combine(columns, strongest.AsSpan(0, Math.Max(1, Math.Min(dimensions, strongest.Length))), matrix.TextCount);
    }

    static float[][] Draw(int length, int count, Random random)
    {
        var columns = new float[count][];
        for (int column = 0; column < count; column++)
        {
            columns[column] = new float[length];
            for (int row = 0; row < length; row++)
                columns[column][row] = (float)Normal(random);
        }
        return columns;
    }

    /// <summary>Box-Muller.</summary>
    static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Qᵀ·(A·Aᵀ·Q), made symmetric.</summary>
    static double[][] Project(float[][] columns, float[][] products)
    {
        double[][] projected = [.. columns.Select(_ => new double[columns.Length])];
        for (int i = 0; i < columns.Length; i++)
        {
            for (int j = i; j < columns.Length; j++)
            {
                double value = 0.5 * (TensorPrimitives.Dot<float>(columns[i], products[j]) + TensorPrimitives.Dot<float>(columns[j], products[i]));
                projected[i][j] = projected[j][i] = value;
            }
        }
        return projected;
    }

    static float[][] Combine(float[][] columns, ReadOnlySpan<(double Value, double[] Vector)> strongest, int texts)
    {
        var scaled = new float[columns.Length][];
        for (int column = 0; column < columns.Length; column++)
        {
            scaled[column] = new float[strongest.Length];
            for (int dimension = 0; dimension < strongest.Length; dimension++)
            {
                if (strongest[dimension].Value > 0)
                    scaled[column][dimension] = (float)(strongest[dimension].Vector[column] / Math.Sqrt(strongest[dimension].Value));
            }
        }
        var factors = new float[texts][];
        for (int text = 0; text < texts; text++)
        {
            factors[text] = new float[strongest.Length];
            for (int column = 0; column < columns.Length; column++)
                TensorPrimitives.MultiplyAdd(scaled[column], columns[column][text], factors[text], factors[text]);
        }
        return factors;
    }
}
