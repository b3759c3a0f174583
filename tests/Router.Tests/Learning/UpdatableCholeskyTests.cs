using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Tests.Learning;

public sealed class UpdatableCholeskyTests
{
    static readonly double[][] Matrix = [[4, 2, 1], [2, 5, 3], [1, 3, 6]];

    [Fact]
    public void Solve_RightSide_GivesTheSolution()
    {
        double[] solution = [7, 10, 10];
        UpdatableCholesky.Of(Upper(Matrix)).Solve(solution);

        double[] product = [.. Matrix.Select(row => row.Zip(solution, (a, x) => a * x).Sum())];
        Assert.Equal([7.0, 10, 10], product.Select(value => Math.Round(value, 9)));
    }

    [Fact]
    public void Of_NotPositiveDefinite_Throws() =>
        Assert.Throws<ArithmeticException>(() => UpdatableCholesky.Of(Upper([[1, 2], [2, 1]])));

    static double[][] Upper(double[][] matrix) => [.. matrix.Select((row, i) => row[i..])];
}
