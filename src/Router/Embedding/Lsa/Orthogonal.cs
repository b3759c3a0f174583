using System.Numerics.Tensors;

namespace Orchestrator.Router.Embedding.Lsa;

/// <summary>Columns at right angles, and the eigenvectors of a small symmetric matrix.</summary>
static class Orthogonal
{
    /// <summary>A column shorter than this share of what it was lies in the others' span.</summary>
    const float Dependent = 1e-4f;

    const double Converged = 1e-7;
    const int MaxSweeps = 30;

    /// <summary>
    /// Gram-Schmidt, each column against those before it and twice, which is enough; columns that the others span
    /// become zero.
    /// </summary>
    public static void Orthonormalise(float[][] columns)
    {
        for (int column = 0; column < columns.Length; column++)
        {
            Span<float> values = columns[column];
            float before = TensorPrimitives.Norm<float>(values);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int other = 0; other < column; other++)
                {
                    float shared = TensorPrimitives.Dot<float>(columns[other], values);
                    TensorPrimitives.MultiplyAdd(columns[other], -shared, values, values);
                }
            }
            float norm = TensorPrimitives.Norm<float>(values);
            if (norm > Dependent * before)
                TensorPrimitives.Divide(values, norm, values);
            else
                values.Clear();
        }
    }

    /// <summary>
    /// One-sided Jacobi: turns pairs of rows until all are at right angles; the rows of a positive semidefinite matrix then are
    /// its eigenvectors times their eigenvalues.
    /// </summary>
    /// <param name="rows">Of a symmetric positive semidefinite matrix; replaced.</param>
    /// <returns>Eigenvalue and eigenvector, the largest first.</returns>
    public static (double Value, double[] Vector)[] Eigen(double[][] rows)
    {
        double[] squares = [.. rows.Select(row => TensorPrimitives.SumOfSquares<double>(row))];
        double floor = squares.Sum() * 1e-24;
        for (int sweep = 0, turned = 1; sweep < MaxSweeps && turned > 0; sweep++)
        {
            turned = 0;
            for (int i = 0; i < rows.Length; i++)
            {
                for (int j = i + 1; j < rows.Length; j++)
                {
                    if (squares[i] < floor || squares[j] < floor)
                        continue;
                    double shared = TensorPrimitives.Dot<double>(rows[i], rows[j]);
                    if (Math.Abs(shared) <= Converged * Math.Sqrt(squares[i] * squares[j]))
                        continue;
                    turned++;
                    double zeta = (squares[j] - squares[i]) / (2 * shared);
                    double tangent = (zeta < 0 ? -1 : 1) / (Math.Abs(zeta) + Math.Sqrt(1 + (zeta * zeta)));
                    Turn(rows[i], rows[j], tangent);
                    squares[i] = Math.Max(0, squares[i] - (tangent * shared));
                    squares[j] += tangent * shared;
                }
            }
            for (int i = 0; i < rows.Length; i++)
                squares[i] = TensorPrimitives.SumOfSquares<double>(rows[i]);
        }
        return [.. rows.Select(Unit).OrderByDescending(pair => pair.Value)];
    }

    static void Turn(Span<double> left, Span<double> right, double tangent)
    {
        double cosine = 1 / Math.Sqrt(1 + (tangent * tangent)), sine = cosine * tangent;
        int at = 0;
        for (; at + System.Numerics.Vector<double>.Count <= left.Length; at += System.Numerics.Vector<double>.Count)
        {
            var a = new System.Numerics.Vector<double>(left[at..]);
            var b = new System.Numerics.Vector<double>(right[at..]);
            ((a * cosine) - (b * sine)).CopyTo(left[at..]);
            ((a * sine) + (b * cosine)).CopyTo(right[at..]);
        }
        for (; at < left.Length; at++)
            (left[at], right[at]) = ((left[at] * cosine) - (right[at] * sine), (left[at] * sine) + (right[at] * cosine));
    }

    static (double Value, double[] Vector) Unit(double[] row)
    {
        double norm = TensorPrimitives.Norm<double>(row);
        if (norm > 0)
            TensorPrimitives.Divide(row, norm, row);
        return (norm, row);
    }
}
