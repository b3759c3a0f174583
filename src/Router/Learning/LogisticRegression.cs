using System.Numerics.Tensors;

namespace Orchestrator.Router.Learning;

/// <summary>
/// Multinomial logistic regression: p(c | x) = softmax(w_c · x + b_c), the minimum of
/// Σ cross-entropy + penalty / 2 · ‖w‖² over all rows (scikit-learn's C is 1 / penalty); the bias is not penalised.
/// </summary>
sealed class LogisticRegression
{
    /// <summary>Steps of the optimiser at most, unless told otherwise.</summary>
    const int MostRounds = 300;

    /// <summary>For each class its weights, then its bias.</summary>
    readonly double[] _weights;

    LogisticRegression(int width, int classes, double[] weights) => (Width, Classes, _weights) = (width, classes, weights);

    public int Width { get; }

    public int Classes { get; }

    /// <param name="rows">n rows of d features; not kept.</param>
    /// <param name="labels">The class of each, from 0.</param>
    /// <param name="classes">At least 1.</param>
    /// <param name="penalty">Above 0.</param>
    /// <param name="rounds">Steps of the optimiser at most.</param>
    /// <exception cref="ArgumentException">A label is not one of the classes, or as for soft targets.</exception>
    public static LogisticRegression Fit(
        IReadOnlyList<float[]> rows, IReadOnlyList<int> labels, int classes, double penalty, int rounds = MostRounds)
    {
        foreach (int label in labels)
            if (label < 0 || label >= classes)
                throw new ArgumentException($"Label {label} is not one of the classes 0 to {classes - 1}.", nameof(labels));
        return Fit(rows, [.. labels.Select(label => OneHot(label, classes))], penalty, rounds);
    }

    /// <param name="rows">n rows of d features; not kept.</param>
    /// <param name="targets">The probability of each class for each row; each row sums to 1.</param>
    /// <param name="penalty">Above 0.</param>
    /// <param name="rounds">Steps of the optimiser at most.</param>
    /// <exception cref="ArgumentException">Rows and targets do not fit together, or are not probabilities.</exception>
    public static LogisticRegression Fit(
        IReadOnlyList<float[]> rows, IReadOnlyList<double[]> targets, double penalty, int rounds = MostRounds)
    {
        Inputs.Positive(penalty, nameof(penalty));
        int classes = Inputs.Targets(targets, rows.Count);
        Inputs.Probabilities(targets);
        int width = Inputs.Width(rows);
        var weights = new double[classes * (width + 1)];
        Lbfgs.Minimise(weights, Loss, 1e-4, rounds);
        return new LogisticRegression(width, classes, weights);

        double Loss(double[] point, double[] gradient)
        {
            TensorPrimitives.Multiply(point, penalty, gradient);
            double loss = penalty / 2 * TensorPrimitives.SumOfSquares<double>(point);
            for (int bias = width; bias < point.Length; bias += width + 1)
            {
                gradient[bias] = 0;
                loss -= penalty / 2 * point[bias] * point[bias];
            }
            var x = new double[width + 1];
            var errors = new double[classes];
            for (int row = 0; row < rows.Count; row++)
            {
                Widen(rows[row], x);
                Scores(point, x, errors);
                loss += Softmax.CrossEntropy(errors, targets[row]);
                Softmax.InPlace(errors);
                TensorPrimitives.Subtract(errors, targets[row], errors);
                for (int label = 0; label < classes; label++)
                {
                    Span<double> slope = gradient.AsSpan(label * x.Length, x.Length);
                    TensorPrimitives.MultiplyAdd(x, errors[label], slope, slope);
                }
            }
            return loss;
        }
    }

    /// <param name="row">d features.</param>
    /// <param name="probabilities">Receives one for each class; they sum to 1.</param>
    /// <param name="temperature">What <see cref="TemperatureScaling"/> found.</param>
    public void Predict(ReadOnlySpan<float> row, Span<double> probabilities, double temperature = 1)
    {
        Logits(row, probabilities);
        TensorPrimitives.Divide(probabilities, temperature, probabilities);
        Softmax.InPlace(probabilities);
    }

    /// <param name="row">d features.</param>
    /// <param name="logits">Receives one for each class.</param>
    public void Logits(ReadOnlySpan<float> row, Span<double> logits)
    {
        if (row.Length != Width || logits.Length != Classes)
            throw new ArgumentException(
                $"{row.Length} features and room for {logits.Length} classes were given, not {Width} and {Classes}.", nameof(row));
        Span<double> x = Width < 1024 ? stackalloc double[Width + 1] : new double[Width + 1];
        Widen(row, x);
        Scores(_weights, x, logits);
    }

    static void Scores(double[] weights, ReadOnlySpan<double> x, Span<double> logits)
    {
        for (int label = 0; label < logits.Length; label++)
            logits[label] = TensorPrimitives.Dot(weights.AsSpan(label * x.Length, x.Length), x);
    }

    static void Widen(ReadOnlySpan<float> row, Span<double> x)
    {
        TensorPrimitives.ConvertTruncating<float, double>(row, x);
        x[^1] = 1;
    }

    static double[] OneHot(int label, int classes)
    {
        var target = new double[classes];
        target[label] = 1;
        return target;
    }
}
