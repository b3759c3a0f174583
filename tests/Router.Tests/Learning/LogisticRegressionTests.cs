using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Tests.Learning;

public sealed class LogisticRegressionTests
{
    [Fact]
    public void Fit_SeparableClasses_PredictsHeldOutRows()
    {
        (float[][] rows, int[] classes) = Made.Clusters(400, 10, 4, spread: 0.25, seed: 1);

        LogisticRegression model = LogisticRegression.Fit(rows[..300], classes[..300], 4, penalty: 0.1);

        int right = Enumerable.Range(300, 100).Count(row => ArgMax(Predict(model, rows[row])) == classes[row]);
        Assert.InRange(right, 97, 100);
    }

    [Fact]
    public void Fit_OverlappingClasses_HasNoGradientLeft()
    {
        (float[][] rows, int[] classes) = Made.Clusters(200, 5, 3, spread: 1, seed: 2);

        LogisticRegression model = LogisticRegression.Fit(rows, classes, 3, penalty: 2);

        // At the minimum the expected count of each unpenalised bias equals the count of its class.
        for (int label = 0; label < 3; label++)
            Assert.Equal(classes.Count(known => known == label), rows.Sum(row => Predict(model, row)[label]), 0.05);
    }

    [Fact]
    public void Fit_SoftTargetsWithoutFeatures_GivesTheirMean()
    {
        float[][] rows = [[0f], [0f]];
        double[][] targets = [[0.9, 0.1], [0.5, 0.5]];

        double[] predicted = Predict(LogisticRegression.Fit(rows, targets, penalty: 1), rows[0]);

        Assert.Equal(0.7, predicted[0], 1e-4);
        Assert.Equal(1, predicted.Sum(), 1e-12);
    }

    [Fact]
    public void Fit_HugePenalty_GivesTheClassShares()
    {
        (float[][] rows, int[] classes) = Made.Clusters(100, 5, 2, spread: 0.2, seed: 3);

        double[] predicted = Predict(LogisticRegression.Fit(rows, classes, 2, penalty: 1e7), rows[0]);

        Assert.Equal(classes.Count(label => label == 1) / 100.0, predicted[1], 1e-3);
    }

    [Fact]
    public void Predict_ExtremeRow_StaysFinite()
    {
        (float[][] rows, int[] classes) = Made.Clusters(100, 5, 2, spread: 0.2, seed: 4);

        double[] predicted = Predict(LogisticRegression.Fit(rows, classes, 2, penalty: 0.01), [1e6f, -1e6f, 0, 0, 0]);

        Assert.Equal([1, 0], predicted);
    }

    [Fact]
    public void Fit_UnfitInput_SaysWhatIsWrong()
    {
        float[][] rows = Made.Rows(2, 3, seed: 5);
        double[][] high = [[1, 1], [0, 1]];
        Assert.Contains("Label 2", Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(rows, [0, 2], 2, 1)).Message);
        Assert.Contains("Label -1", Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(rows, [0, -1], 2, 1)).Message);
        Assert.Contains("row 0", Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(rows, high, 1)).Message);
    }

    static double[] Predict(LogisticRegression model, float[] row)
    {
        var probabilities = new double[model.Classes];
        model.Predict(row, probabilities);
        return probabilities;
    }

    static int ArgMax(double[] values) => Array.IndexOf(values, values.Max());
}
