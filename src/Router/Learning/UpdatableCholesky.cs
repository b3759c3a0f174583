using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Orchestrator.Router.Learning;

/// <summary>
/// A symmetric positive definite matrix A = RᵀR that follows A ± x·xᵀ in O(d²) (LINPACK's dchud and dchdd). Row k of the
/// upper factor R is stored from its diagonal on, so that every step runs along memory.
/// </summary>
sealed class UpdatableCholesky
{
    readonly double[][] _upper;

    UpdatableCholesky(double[][] upper) => _upper = upper;

    /// <param name="matrix">Row k holds the entries k… of row k of A. Not kept.</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static UpdatableCholesky Of(double[][] matrix)
    {
        double[][] upper = [.. matrix.Select(row => (double[])row.Clone())];
        for (int k = 0; k < upper.Length; k++)
        {
            Span<double> row = upper[k];
            for (int above = 0; above < k; above++)
            {
                ReadOnlySpan<double> known = upper[above].AsSpan(k - above);
                TensorPrimitives.MultiplyAdd(known, -known[0], row, row);
            }
            if (!(row[0] > 0))
                throw new ArithmeticException($"The matrix is not positive definite at row {k}.");
            TensorPrimitives.Divide(row, Math.Sqrt(row[0]), row);
        }
        return new UpdatableCholesky(upper);
    }

    /// <param name="diagonal">Not negative; 0 is allowed where an update will fill it before anything is solved.</param>
    public static UpdatableCholesky OfDiagonal(double[] diagonal)
    {
        var upper = new double[diagonal.Length][];
        for (int k = 0; k < upper.Length; k++)
        {
            upper[k] = new double[upper.Length - k];
            upper[k][0] = Math.Sqrt(diagonal[k]);
        }
        return new UpdatableCholesky(upper);
    }

    public int Size => _upper.Length;

    public UpdatableCholesky Copy() => new([.. _upper.Select(row => (double[])row.Clone())]);

    /// <summary>x becomes A⁻¹·x.</summary>
    public void Solve(Span<double> x)
    {
        Whiten(x);
        for (int k = Size - 1; k >= 0; k--)
            x[k] = (x[k] - TensorPrimitives.Dot<double>(_upper[k].AsSpan(1), x[(k + 1)..])) / _upper[k][0];
    }

    /// <summary>x becomes R⁻ᵀ·x, whose squared length is xᵀA⁻¹x.</summary>
    public void Whiten(Span<double> x)
    {
        for (int k = 0; k < Size; k++)
        {
            x[k] /= _upper[k][0];
            if (x[k] != 0)
                TensorPrimitives.MultiplyAdd(_upper[k].AsSpan(1), -x[k], x[(k + 1)..], x[(k + 1)..]);
        }
    }

    /// <summary>A becomes A + x·xᵀ.</summary>
    public void Add(ReadOnlySpan<double> x)
    {
        double[] rest = x.ToArray();
        for (int k = 0; k < Size; k++)
        {
            double length = double.Hypot(_upper[k][0], rest[k]);
            if (rest[k] != 0)
                Rotate(_upper[k], rest.AsSpan(k), _upper[k][0] / length, rest[k] / length);
        }
    }

    /// <summary>A becomes A − x·xᵀ.</summary>
    /// <exception cref="ArithmeticException">That would not be positive definite; nothing was changed.</exception>
    public void Remove(ReadOnlySpan<double> x)
    {
        double[] sine = x.ToArray();
        Whiten(sine);
        double left = 1 - TensorPrimitives.SumOfSquares<double>(sine);
        if (!(left > 1e-14))
            throw new ArithmeticException("The row to remove is not among those that were added.");
        double alpha = Math.Sqrt(left);
        var rest = new double[Size];
        for (int k = Size - 1; k >= 0; k--)
        {
            double length = double.Hypot(alpha, sine[k]);
            Rotate(rest.AsSpan(k), _upper[k], alpha / length, sine[k] / length);
            alpha = length;
        }
    }

    /// <summary>a becomes c·a + s·b and b becomes c·b − s·a.</summary>
    static void Rotate(Span<double> a, Span<double> b, double c, double s)
    {
        Span<Vector<double>> wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        Span<Vector<double>> wideB = MemoryMarshal.Cast<double, Vector<double>>(b);
        for (int i = 0; i < wideA.Length; i++)
            (wideA[i], wideB[i]) = (wideA[i] * c + wideB[i] * s, wideB[i] * c - wideA[i] * s);
        for (int i = wideA.Length * Vector<double>.Count; i < a.Length; i++)
            (a[i], b[i]) = (a[i] * c + b[i] * s, b[i] * c - a[i] * s);
    }
}
