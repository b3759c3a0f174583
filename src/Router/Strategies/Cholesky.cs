using System.Numerics.Tensors;

namespace Orchestrator.Router.Strategies;

/// <summary>A symmetric positive definite matrix A = L·Lᵀ, ready to solve A·x = y for many y.</summary>
sealed class Cholesky
{
    readonly double[][] _lower;

    /// <summary>Row i is column i of L⁻¹, from its diagonal on, so that every product runs along memory.</summary>
    readonly double[][] _inverse;

    /// <param name="matrix">n rows of n; only the lower triangle is read.</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public Cholesky(double[][] matrix)
    {
        _lower = Factor(matrix);
        _inverse = [.. Enumerable.Range(0, matrix.Length).Select(InverseColumn)];
    }

    public double[] Solve(double[] right)
    {
        var forward = new double[right.Length];
        for (int row = 0; row < right.Length; row++)
        {
            double known = TensorPrimitives.Dot<double>(_lower[row].AsSpan(0, row), forward.AsSpan(0, row));
            forward[row] = (right[row] - known) / _lower[row][row];
        }
        return [.. _inverse.Select((column, row) => TensorPrimitives.Dot<double>(column, forward.AsSpan(row)))];
    }

    /// <returns>Entry (row, row) of A⁻¹.</returns>
    public double InverseDiagonal(int row) => TensorPrimitives.SumOfSquares<double>(_inverse[row]);

    static double[][] Factor(double[][] matrix)
    {
        var lower = new double[matrix.Length][];
        for (int row = 0; row < matrix.Length; row++)
        {
            lower[row] = new double[row + 1];
            for (int column = 0; column <= row; column++)
            {
                double known = TensorPrimitives.Dot<double>(lower[row].AsSpan(0, column), lower[column].AsSpan(0, column));
                double rest = matrix[row][column] - known;
                if (column == row && !(rest > 0))
                    throw new ArithmeticException($"The matrix is not positive definite at row {row}.");
                lower[row][column] = column < row ? rest / lower[column][column] : Math.Sqrt(rest);
            }
        }
        return lower;
    }

    double[] InverseColumn(int column)
    {
        int size = _lower.Length - column;
        var inverse = new double[size];
        inverse[0] = 1 / _lower[column][column];
        for (int i = 1; i < size; i++)
        {
            double[] row = _lower[column + i];
            inverse[i] = -TensorPrimitives.Dot<double>(row.AsSpan(column, i), inverse.AsSpan(0, i)) / row[column + i];
        }
        return inverse;
    }
}
