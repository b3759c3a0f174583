using System.Numerics.Tensors;

namespace Orchestrator.Router.Learning;

/// <summary>
/// The temperature T that makes softmax(logits / T) fit held-out targets best (Guo et al., 2017): a confident model that is
/// often wrong gets T above 1. The negative log-likelihood is convex in 1 / T, so its only minimum is found by bisection.
/// </summary>
static class TemperatureScaling
{
    const double Least = 0.01;
    const double Most = 100;

    /// <param name="logits">One row for each held-out question, which the model was not fitted on.</param>
    /// <param name="targets">The probability of each class for each row; each row sums to 1.</param>
    /// <returns>T, 0.01…100.</returns>
    /// <exception cref="ArgumentException">Logits and targets do not fit together.</exception>
    public static double Fit(IReadOnlyList<double[]> logits, IReadOnlyList<double[]> targets)
    {
        if (logits.Count == 0 || Inputs.Targets(targets, logits.Count) != Inputs.Targets(logits, logits.Count))
            throw new ArgumentException("There must be held-out logits, and a target for each of them.", nameof(logits));
        Inputs.Probabilities(targets);
        // On the logarithm of T, so that 0.5 and 2 are equally far from 1.
        var (low, high) = (Math.Log(Least), Math.Log(Most));
        for (int halving = 0; halving < 50; halving++)
        {
            double middle = (low + high) / 2;
            if (SlopeInInverse(logits, targets, Math.Exp(-middle)) > 0)
                low = middle;
            else
                high = middle;
        }
        return Math.Exp((low + high) / 2);
    }

    /// <returns>Mean −log p of the targets at a temperature, in nats.</returns>
    public static double Loss(IReadOnlyList<double[]> logits, IReadOnlyList<double[]> targets, double temperature) =>
        logits.Zip(targets).Average(pair => Softmax.CrossEntropy([.. pair.First.Select(logit => logit / temperature)], pair.Second));

    /// <summary>dNLL / d(1/T) = Σ logits · (softmax(logits / T) − target).</summary>
    static double SlopeInInverse(IReadOnlyList<double[]> logits, IReadOnlyList<double[]> targets, double inverse)
    {
        var probabilities = new double[logits[0].Length];
        double slope = 0;
        for (int row = 0; row < logits.Count; row++)
        {
            TensorPrimitives.Multiply(logits[row], inverse, probabilities);
            Softmax.InPlace(probabilities);
            TensorPrimitives.Subtract(probabilities, targets[row], probabilities);
            slope += TensorPrimitives.Dot<double>(logits[row], probabilities);
        }
        return slope;
    }
}
