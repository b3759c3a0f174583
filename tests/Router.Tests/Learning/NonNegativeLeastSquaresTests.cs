using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Tests.Learning;

public sealed class NonNegativeLeastSquaresTests
{
    static readonly double[][] Rows = [[1, 0], [0, 1], [1, 1], [2, -1]];

    [Fact]
    public void Fit_PositiveWeights_AreFound()
    {
        double[] weights = NonNegativeLeastSquares.Fit(Rows, [.. Rows.Select(row => 0.7 * row[0] + 0.2 * row[1])], penalty: 0, toward: 0.5);

        Assert.Equal([0.7, 0.2], weights.Select(weight => Math.Round(weight, 6)));
    }

    [Fact]
    public void Fit_NegativeWeight_IsZeroAndTheOtherTheBestWithoutIt()
    {
        double[] weights = NonNegativeLeastSquares.Fit(Rows, [.. Rows.Select(row => row[0] - 2 * row[1])], penalty: 0, toward: 0.5);

        // Σ x₀y / Σ x₀² over the rows.
        Assert.Equal(Rows.Sum(row => row[0] * (row[0] - 2 * row[1])) / 6, weights[0], 6);
        Assert.Equal(0, weights[1]);
    }

    [Fact]
    public void Fit_HugePenalty_StaysWhereItPulls() =>
        Assert.All(NonNegativeLeastSquares.Fit(Rows, [9, 9, 9, 9], penalty: 1e9, toward: 0.5), weight => Assert.Equal(0.5, weight, 3));
}
