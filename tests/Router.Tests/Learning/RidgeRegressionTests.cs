using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Tests.Learning;

public sealed class RidgeRegressionTests
{
    const double Penalty = 0.7;

    readonly float[][] _rows = Made.Rows(60, 9, seed: 1);

    [Fact]
    public void Predict_MissingOutcomes_EqualsADirectSolveOnEachModelsOwnRows()
    {
        double[][] scores = Made.Scores(60, 4, missing: 0.3, seed: 2);

        RidgeRegression ridge = RidgeRegression.Fit(_rows, scores, Penalty);

        for (int model = 0; model < 4; model++)
        {
            int[] known = [.. Enumerable.Range(0, 60).Where(row => !double.IsNaN(scores[row][model]))];
            double[] weights = Direct([.. known.Select(row => _rows[row])], [.. known.Select(row => scores[row][model])]);
            Assert.Equal(known.Length, ridge.Count(model));
            foreach (float[] row in Made.Rows(5, 9, seed: 3))
                Assert.Equal(Dot(weights, row), Predict(ridge, row)[model], 1e-10);
        }
    }

    [Fact]
    public void Predict_HugePenalty_IsTheModelsMean()
    {
        double[][] scores = Made.Scores(60, 2, missing: 0, seed: 4);

        RidgeRegression ridge = RidgeRegression.Fit(_rows, scores, 1e9);

        Assert.Equal(scores.Average(row => row[1]), Predict(ridge, _rows[0])[1], 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    public void Add_RowByRow_EqualsBatch(double missing)
    {
        double[][] scores = Made.Scores(60, 3, missing, seed: 5);
        RidgeRegression batch = RidgeRegression.Fit(_rows, scores, Penalty);

        RidgeRegression grown = RidgeRegression.Fit(_rows[..20], scores[..20], Penalty);
        for (int row = 20; row < 60; row++)
            grown.Add(_rows[row], scores[row]);

        AssertSame(batch, grown, 1e-10);
    }

    [Fact]
    public void Add_ModelWithoutAnyOutcome_IsUnknownUntilItsFirst()
    {
        double[][] scores = [.. Made.Scores(60, 2, 0, seed: 6).Select((row, i) => i < 30 ? [row[0], double.NaN] : row)];

        RidgeRegression ridge = RidgeRegression.Fit(_rows[..30], scores[..30], Penalty);
        Assert.True(double.IsNaN(Predict(ridge, _rows[0])[1]));
        for (int row = 30; row < 60; row++)
            ridge.Add(_rows[row], scores[row]);

        AssertSame(RidgeRegression.Fit(_rows, scores, Penalty), ridge, 1e-9);
    }

    [Fact]
    public void Remove_WhatWasAdded_ReturnsToTheStart()
    {
        double[][] scores = Made.Scores(60, 3, missing: 0.2, seed: 7);
        RidgeRegression start = RidgeRegression.Fit(_rows[..40], scores[..40], Penalty);

        RidgeRegression ridge = RidgeRegression.Fit(_rows[..40], scores[..40], Penalty);
        for (int row = 40; row < 60; row++)
            ridge.Add(_rows[row], scores[row]);
        for (int row = 40; row < 60; row++)
            ridge.Remove(_rows[row], scores[row]);

        AssertSame(start, ridge, 1e-9);
    }

    [Fact]
    public void Remove_AllRows_IsUnknownAgain()
    {
        double[][] scores = Made.Scores(60, 2, missing: 0, seed: 8);
        RidgeRegression ridge = RidgeRegression.Fit(_rows[..3], scores[..3], Penalty);

        for (int row = 0; row < 3; row++)
            ridge.Remove(_rows[row], scores[row]);

        Assert.All(Predict(ridge, _rows[0]), expected => Assert.True(double.IsNaN(expected)));
        Assert.Throws<ArithmeticException>(() => ridge.Remove(_rows[0], scores[0]));
    }

    [Fact]
    public void Remove_RowThatWasNeverAdded_ThrowsAndChangesNothing()
    {
        double[][] scores = Made.Scores(60, 2, missing: 0, seed: 9);
        RidgeRegression ridge = RidgeRegression.Fit(_rows, scores, Penalty);
        double[] before = Predict(ridge, _rows[0]);

        float[] foreign = [.. Enumerable.Repeat(1000f, 9)];
        Assert.Throws<ArithmeticException>(() => ridge.Remove(foreign, scores[0]));

        Assert.Equal(before, Predict(ridge, _rows[0]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void AddModel_AfterRowsCame_EqualsFittingAllAtOnce(double missing)
    {
        double[][] scores = Made.Scores(60, 2, missing: 0, seed: 10);
        double[] added = [.. Made.Scores(60, 1, missing, seed: 11).Select(row => row[0])];
        RidgeRegression ridge = RidgeRegression.Fit(_rows[..50], scores[..50], Penalty);
        for (int row = 50; row < 60; row++)
            ridge.Add(_rows[row], scores[row]);

        Assert.Equal(2, ridge.AddModel(_rows, added));

        double[][] all = [.. scores.Select((row, i) => (double[])[.. row, added[i]])];
        AssertSame(RidgeRegression.Fit(_rows, all, Penalty), ridge, 1e-9);
    }

    [Fact]
    public void PredictWithout_EachRow_EqualsFittingWithoutIt()
    {
        double[][] scores = Made.Scores(60, 3, missing: 0.2, seed: 12);
        RidgeRegression ridge = RidgeRegression.Fit(_rows, scores, Penalty);

        for (int left = 0; left < 60; left += 7)
        {
            RidgeRegression rest = RidgeRegression.Fit(
                [.. _rows.Where((_, row) => row != left)], [.. scores.Where((_, row) => row != left)], Penalty);
            var expected = new double[3];
            ridge.PredictWithout(_rows[left], scores[left], expected);
            AssertClose(Predict(rest, _rows[left]), expected, 1e-9);
        }
    }

    [Fact]
    public void Fit_UnfitInput_SaysWhatIsWrong()
    {
        double[][] scores = Made.Scores(60, 2, missing: 0, seed: 13);
        float[][] uneven = [.. _rows[..59], [1f]];
        float[][] infinite = [.. _rows[..59], [.. Enumerable.Repeat(float.NaN, 9)]];

        Assert.Contains("Row 59 has 1 numbers", Message(() => RidgeRegression.Fit(uneven, scores, 1)));
        Assert.Contains("not finite", Message(() => RidgeRegression.Fit(infinite, scores, 1)));
        Assert.Contains("60 rows but 10", Message(() => RidgeRegression.Fit(_rows, scores[..10], 1)));
        Assert.Contains("above 0", Message(() => RidgeRegression.Fit(_rows, scores, 0)));
    }

    static string Message(Func<object> act) => Assert.ThrowsAny<ArgumentException>(act).Message;

    static double[] Predict(RidgeRegression ridge, float[] row)
    {
        var scores = new double[ridge.Models];
        ridge.Predict(row, scores);
        return scores;
    }

    static void AssertSame(RidgeRegression expected, RidgeRegression actual, double tolerance)
    {
        foreach (float[] row in Made.Rows(10, 9, seed: 99))
            AssertClose(Predict(expected, row), Predict(actual, row), tolerance);
    }

    static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
    }

    static double Dot(double[] weights, float[] row) => weights[^1] + row.Select((value, i) => value * weights[i]).Sum();

    /// <summary>The normal equations with an unpenalised bias, by Gauss-Jordan elimination.</summary>
    static double[] Direct(float[][] rows, double[] scores)
    {
        double[][] x = [.. rows.Select(row => (double[])[.. row.Select(value => (double)value), 1])];
        int size = x[0].Length;
        double[][] system = [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size + 1).Select(j =>
            x.Select((row, n) => row[i] * (j < size ? row[j] : scores[n])).Sum() + (i == j && i < size - 1 ? Penalty : 0)).ToArray())];
        for (int k = 0; k < size; k++)
        {
            system[k] = [.. system[k].Select(value => value / system[k][k])];
            for (int i = 0; i < size; i++)
                if (i != k)
                    system[i] = [.. system[i].Select((value, j) => value - system[i][k] * system[k][j])];
        }
        return [.. system.Select(row => row[^1])];
    }
}
