using System.Numerics.Tensors;

namespace Orchestrator.Router.Learning;

/// <summary>P (k rows of d), u (a row of k for each model) and b of a <see cref="MatrixFactorisation"/>.</summary>
sealed record FactorParameters(int Width, int Factors, float[] Projection, float[] Vectors, float[] Biases)
{
    public int Models => Biases.Length;

    public static FactorParameters Start(int width, int factors, int models, Random random) => new(
        width, factors,
        Uniform(factors * width, 1 / Math.Sqrt(width), random),
        Uniform(models * factors, 1 / Math.Sqrt(factors), random),
        new float[models]);

    /// <summary>Each bias starts where the model's mean score is, held a little away from 0 and 1.</summary>
    public void StartBiases(IEnumerable<double[]> scores)
    {
        var (sums, counts) = (new double[Models], new int[Models]);
        foreach (double[] row in scores)
            for (int model = 0; model < Models; model++)
                if (!double.IsNaN(row[model]))
                    (sums[model], counts[model]) = (sums[model] + row[model], counts[model] + 1);
        for (int model = 0; model < Models; model++)
        {
            double mean = (sums[model] + 0.5) / (counts[model] + 1);
            Biases[model] = (float)Math.Log(mean / (1 - mean));
        }
    }

    public FactorParameters Copy() => this with
    {
        Projection = [.. Projection],
        Vectors = [.. Vectors],
        Biases = [.. Biases],
    };

    public ReadOnlySpan<float> Row(int factor) => Projection.AsSpan(factor * Width, Width);

    public ReadOnlySpan<float> Vector(int model) => Vectors.AsSpan(model * Factors, Factors);

    /// <param name="row">x: d features.</param>
    /// <param name="hidden">Receives P·x.</param>
    /// <param name="scores">Receives the score of each model, 0…1.</param>
    public void Scores(ReadOnlySpan<float> row, Span<float> hidden, Span<double> scores)
    {
        for (int factor = 0; factor < Factors; factor++)
            hidden[factor] = TensorPrimitives.Dot(Row(factor), row);
        for (int model = 0; model < Models; model++)
            scores[model] = 1 / (1 + Math.Exp(-(TensorPrimitives.Dot<float>(Vector(model), hidden) + Biases[model])));
    }

    static float[] Uniform(int count, double bound, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble() - 1) * bound))];
}
