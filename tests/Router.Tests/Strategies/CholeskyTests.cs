using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Tests.Strategies;

public sealed class CholeskyTests
{
    static readonly double[][] Matrix = [[4, 2, 1], [2, 5, 3], [1, 3, 6]];

    [Fact]
    public void Solve_RightSide_GivesTheSolution()
    {
        double[] solution = new Cholesky(Matrix).Solve([7, 10, 10]);

        double[] product = [.. Matrix.Select(row => row.Zip(solution, (a, x) => a * x).Sum())];
        Assert.Equal([7.0, 10, 10], product.Select(value => Math.Round(value, 9)));
    }

    [Fact]
    public void InverseDiagonal_Row_IsThatOfTheInverse()
    {
        var factor = new Cholesky(Matrix);

        for (int row = 0; row < 3; row++)
        {
            var unit = new double[3];
            unit[row] = 1;
            Assert.Equal(factor.Solve(unit)[row], factor.InverseDiagonal(row), 12);
        }
    }

    [Fact]
    public void Constructor_NotPositiveDefinite_Throws() =>
        Assert.Throws<ArithmeticException>(() => new Cholesky([[1, 2], [2, 1]]));
}
