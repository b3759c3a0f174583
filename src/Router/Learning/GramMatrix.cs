using System.Numerics.Tensors;

namespace Orchestrator.Router.Learning;

/// <summary>XᵀX, upper triangle: row k holds the entries k… of row k.</summary>
static class GramMatrix
{
    /// <summary>Rows of X taken together: their columns then lie in the second-level cache.</summary>
    const int Block = 128;

    /// <param name="rows">May be empty.</param>
    /// <param name="width">Numbers in each row.</param>
    /// <param name="bias">Whether a column of ones follows the others.</param>
    public static double[][] Of(IReadOnlyList<float[]> rows, int width, bool bias)
    {
        int size = bias ? width + 1 : width;
        double[][] gram = Zero(size);
        double[][] columns = [.. Enumerable.Range(0, size).Select(_ => new double[Block])];
        if (bias)
            Array.Fill(columns[width], 1);
        for (int start = 0; start < rows.Count; start += Block)
        {
            int count = Math.Min(Block, rows.Count - start);
            for (int row = 0; row < count; row++)
                for (int column = 0; column < width; column++)
                    columns[column][row] = rows[start + row][column];
            for (int i = 0; i < size; i++)
                for (int j = i; j < size; j++)
                    gram[i][j - i] += TensorPrimitives.Dot<double>(columns[i].AsSpan(0, count), columns[j].AsSpan(0, count));
        }
        return gram;
    }

    public static double[][] Less(double[][] whole, double[][] part)
    {
        double[][] rest = Zero(whole.Length);
        for (int k = 0; k < whole.Length; k++)
            TensorPrimitives.Subtract<double>(whole[k], part[k], rest[k]);
        return rest;
    }

    static double[][] Zero(int size) => [.. Enumerable.Range(0, size).Select(k => new double[size - k])];
}
