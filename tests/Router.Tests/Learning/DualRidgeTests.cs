using System.Numerics.Tensors;
using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Tests.Learning;

public sealed class DualRidgeTests
{
    const int Rows = 14, Width = 30;

    static readonly float[][] Known = Drawn(Rows, 1), New = Drawn(5, 2);

    [Fact]
    public void Predict_AnyModel_IsWhatThePrimalFormExpects()
    {
        double[][] scores = [.. Known.Select((row, i) => new[] { i % 3 == 0 ? 1.0 : 0, row[0], i < 4 ? double.NaN : i % 2, 0.7, double.NaN })];
        RidgeRegression primal = RidgeRegression.Fit(Known, scores, 0.5);

        DualRidge dual = DualRidge.Fit(Known, (one, other) => TensorPrimitives.Dot<float>(Known[one], Known[other]), scores, 0.5);

        foreach (float[] row in New)
        {
            double[] expected = new double[5], actual = new double[5];
            primal.Predict(row, expected);
            dual.Predict(row, actual);
            Assert.Equal(expected, actual, (one, other) => double.IsNaN(one) ? double.IsNaN(other) : Math.Abs(one - other) < 1e-5);
        }
    }

    [Fact]
    public void Fit_PenaltyOfZero_IsRefused() =>
        Assert.Throws<ArgumentException>(() => DualRidge.Fit(Known, (_, _) => 1, [.. Known.Select(_ => new[] { 1.0 })], 0));

    static float[][] Drawn(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, Width).Select(_ => random.NextSingle() - 0.3f).ToArray())];
    }
}
