namespace Orchestrator.Router.Learning;

/// <summary>
/// Weights of at least 0 that make the sum of few columns least different from a target: the minimum of
/// ‖Xw − y‖² + penalty · s · ‖w − toward‖², s the mean square of X's entries, by coordinate descent.
/// </summary>
static class NonNegativeLeastSquares
{
    const int Rounds = 1000;
    const double Tolerance = 1e-10;

    /// <param name="rows">n rows of d numbers, d small.</param>
    /// <param name="targets">n numbers.</param>
    /// <param name="penalty">In rows; at 0 only the data count.</param>
    /// <param name="toward">Where the penalty pulls every weight.</param>
    public static double[] Fit(IReadOnlyList<double[]> rows, IReadOnlyList<double> targets, double penalty, double toward)
    {
        if (rows.Count == 0)
            return [];
        int width = rows[0].Length;
        var gram = new double[width, width];
        var moments = new double[width];
        for (int row = 0; row < rows.Count; row++)
        {
            for (int i = 0; i < width; i++)
            {
                moments[i] += rows[row][i] * targets[row];
                for (int j = 0; j < width; j++)
                    gram[i, j] += rows[row][i] * rows[row][j];
            }
        }
        double scale = Enumerable.Range(0, width).Average(i => gram[i, i]) / rows.Count * penalty;
        double[] weights = [.. Enumerable.Repeat(toward, width)];
        for (int round = 0; round < Rounds; round++)
        {
            double change = 0;
            for (int i = 0; i < width; i++)
            {
                double rest = moments[i] + scale * toward;
                for (int j = 0; j < width; j++)
                    rest -= j == i ? 0 : gram[i, j] * weights[j];
                double size = gram[i, i] + scale;
                double next = size > 0 ? Math.Max(0, rest / size) : weights[i];
                change = Math.Max(change, Math.Abs(next - weights[i]));
                weights[i] = next;
            }
            if (change < Tolerance)
                break;
        }
        return weights;
    }
}
