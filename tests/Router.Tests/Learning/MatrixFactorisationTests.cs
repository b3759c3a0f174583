using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Tests.Learning;

public sealed class MatrixFactorisationTests
{
    static readonly MatrixFactorisationOptions Options = new() { Factors = 8, Rate = 0.02, Batch = 32 };

    readonly float[][] _rows;
    readonly double[][] _scores;

    /// <summary>Model m is right on the questions of cluster m; one outcome of four is missing.</summary>
    public MatrixFactorisationTests()
    {
        (_rows, int[] classes) = Made.Clusters(600, 10, 3, spread: 0.2, seed: 1);
        var random = new Random(2);
        _scores = [.. classes.Select(label => Enumerable.Range(0, 3).Select(model =>
            random.Next(4) == 0 ? double.NaN : label == model ? 1.0 : 0).ToArray())];
    }

    [Fact]
    public void Fit_SpecialistsWithMissingOutcomes_KnowsWhoIsRight()
    {
        MatrixFactorisation model = MatrixFactorisation.Fit(_rows[..500], _scores[..500], Options);

        var (right, known) = (0, 0);
        for (int row = 500; row < 600; row++)
            for (int expert = 0; expert < 3; expert++)
                if (!double.IsNaN(_scores[row][expert]))
                {
                    known++;
                    right += Predict(model, _rows[row])[expert] > 0.5 == _scores[row][expert] > 0.5 ? 1 : 0;
                }
        Assert.InRange(right, 0.97 * known, known);
        Assert.InRange(model.ValidationLoss, 0, 0.2);
    }

    [Fact]
    public void Fit_SameSeed_IsTheSame()
    {
        double[] first = Predict(MatrixFactorisation.Fit(_rows, _scores, Options), _rows[0]);

        Assert.Equal(first, Predict(MatrixFactorisation.Fit(_rows, _scores, Options), _rows[0]));
        Assert.NotEqual(first, Predict(MatrixFactorisation.Fit(_rows, _scores, Options with { Seed = 9 }), _rows[0]));
    }

    [Fact]
    public void Fit_OutcomesOfChance_StopsEarlyAtTheMeans()
    {
        float[][] rows = Made.Rows(400, 10, seed: 3);
        var random = new Random(4);
        double[][] scores = [.. rows.Select(_ => new[] { random.NextDouble() < 0.8 ? 1.0 : 0 })];

        MatrixFactorisation model = MatrixFactorisation.Fit(rows, scores, Options with { Penalty = 0.1 });

        Assert.InRange(model.Epochs, 0, Options.Epochs - 1);
        Assert.Equal(0.8, rows.Average(row => Predict(model, row)[0]), 0.08);
    }

    [Fact]
    public void Fit_ModelWithoutOutcomes_StaysNearNothingKnown()
    {
        double[][] scores = [.. _scores.Select(row => (double[])[row[0], double.NaN])];

        MatrixFactorisation model = MatrixFactorisation.Fit(_rows, scores, Options);

        Assert.Equal(0.5, _rows.Average(row => Predict(model, row)[1]), 0.2);
    }

    [Fact]
    public void Fit_ScoreOutsideItsRange_Throws() => Assert.Contains("outside 0 to 1",
        Assert.Throws<ArgumentException>(() => MatrixFactorisation.Fit([[1f], [2f]], [[0.5], [1.5]], Options)).Message);

    [Fact]
    public void Fit_TooFewOutcomes_Throws() => Assert.Contains("1 rows have an outcome",
        Assert.Throws<ArgumentException>(() => MatrixFactorisation.Fit([[1f], [2f]], [[0.5], [double.NaN]], Options)).Message);

    static double[] Predict(MatrixFactorisation model, float[] row)
    {
        var scores = new double[model.Models];
        model.Predict(row, scores);
        return scores;
    }
}
