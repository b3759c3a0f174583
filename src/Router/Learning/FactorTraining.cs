using System.Numerics.Tensors;

namespace Orchestrator.Router.Learning;

/// <summary>One step on a minibatch, and the loss of rows, for a <see cref="MatrixFactorisation"/>.</summary>
sealed class FactorTraining(
    FactorParameters parameters, IReadOnlyList<float[]> rows, IReadOnlyList<double[]> scores, MatrixFactorisationOptions options)
{
    readonly Adam _projection = new(parameters.Projection, (float)options.Rate);
    readonly Adam _vectors = new(parameters.Vectors, (float)options.Rate);
    readonly Adam _biases = new(parameters.Biases, (float)options.Rate);
    readonly FactorParameters _gradient = parameters.Copy();
    readonly float[] _hidden = new float[parameters.Factors];
    readonly float[] _back = new float[parameters.Factors];
    readonly double[] _expected = new double[parameters.Models];

    /// <summary>Descends along the mean gradient of the batch's known outcomes.</summary>
    public void Step(int[] batch)
    {
        int outcomes = batch.Sum(row => scores[row].Count(score => !double.IsNaN(score)));
        TensorPrimitives.Multiply(parameters.Projection, (float)options.Penalty, _gradient.Projection);
        TensorPrimitives.Multiply(parameters.Vectors, (float)options.Penalty, _gradient.Vectors);
        _gradient.Biases.AsSpan().Clear();
        foreach (int row in batch)
            Accumulate(rows[row], scores[row], 1f / outcomes);
        _projection.Step(_gradient.Projection);
        _vectors.Step(_gradient.Vectors);
        _biases.Step(_gradient.Biases);
    }

    /// <returns>Mean cross-entropy of the known outcomes, in nats.</returns>
    public double Loss(int[] held)
    {
        var (sum, count) = (0.0, 0);
        foreach (int row in held)
        {
            parameters.Scores(rows[row], _hidden, _expected);
            for (int model = 0; model < _expected.Length; model++)
                if (scores[row][model] is var score && !double.IsNaN(score))
                {
                    double expected = Math.Clamp(_expected[model], 1e-12, 1 - 1e-12);
                    sum -= score * Math.Log(expected) + (1 - score) * Math.Log(1 - expected);
                    count++;
                }
        }
        return sum / count;
    }

    void Accumulate(float[] row, double[] known, float share)
    {
        parameters.Scores(row, _hidden, _expected);
        _back.AsSpan().Clear();
        for (int model = 0; model < known.Length; model++)
        {
            if (double.IsNaN(known[model]))
                continue;
            float error = (float)(_expected[model] - known[model]) * share;
            _gradient.Biases[model] += error;
            TensorPrimitives.MultiplyAdd(parameters.Vector(model), error, _back, _back);
            Span<float> vector = _gradient.Vectors.AsSpan(model * parameters.Factors, parameters.Factors);
            TensorPrimitives.MultiplyAdd(_hidden, error, vector, vector);
        }
        for (int factor = 0; factor < _back.Length; factor++)
        {
            Span<float> projection = _gradient.Projection.AsSpan(factor * parameters.Width, parameters.Width);
            TensorPrimitives.MultiplyAdd(row, _back[factor], projection, projection);
        }
    }
}
