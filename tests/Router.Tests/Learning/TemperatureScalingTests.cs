using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Tests.Learning;

public sealed class TemperatureScalingTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(4)]
    public void Fit_LogitsScaledFromTheTruth_FindsTheScale(double scale)
    {
        var random = new Random(1);
        double[][] truth = [.. Enumerable.Range(0, 500).Select(_ =>
            Enumerable.Range(0, 3).Select(_ => 2 * random.NextDouble()).ToArray())];
        double[][] targets = [.. truth.Select(logits =>
        {
            double[] probabilities = [.. logits];
            Softmax.InPlace(probabilities);
            return probabilities;
        })];
        double[][] logits = [.. truth.Select(row => row.Select(logit => scale * logit).ToArray())];

        double temperature = TemperatureScaling.Fit(logits, targets);

        Assert.Equal(scale, temperature, 1e-6);
        Assert.True(TemperatureScaling.Loss(logits, targets, temperature) <= TemperatureScaling.Loss(logits, targets, 1) + 1e-12);
    }

    [Fact]
    public void Fit_AlwaysRight_StaysAtTheLeast() => Assert.Equal(0.01, TemperatureScaling.Fit([[1, 0]], [[1, 0]]), 1e-6);

    [Fact]
    public void Fit_Nothing_Throws() => Assert.Throws<ArgumentException>(() => TemperatureScaling.Fit([], []));
}
