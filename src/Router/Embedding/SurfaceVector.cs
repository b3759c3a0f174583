using Orchestrator.Router.Embedding.Surface;

namespace Orchestrator.Router.Embedding;

/// <summary>
/// What a text looks like rather than what it says, as dense numbers: lengths, shares of digits, capitals and scripts, marks of
/// code and formulas, options to choose from, question words. Each is measured in standard deviations of the fitted texts.
/// Safe for concurrent use.
/// </summary>
public sealed class SurfaceVector
{
    /// <summary>In standard deviations: one odd text must not outweigh everything else.</summary>
    const float Clip = 4;

    readonly float[] _means;
    readonly float[] _inverseDeviations;

    SurfaceVector(float[] means, float[] inverseDeviations) => (_means, _inverseDeviations) = (means, inverseDeviations);

    public static int Dimensions => SurfaceReader.Count;

    /// <summary>Features that are the same in all texts, as all are without texts, become 0 in every vector.</summary>
    public static SurfaceVector Fit(IReadOnlyCollection<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var sums = new double[Dimensions];
        var squares = new double[Dimensions];
        Span<float> values = stackalloc float[Dimensions];
        foreach (string text in texts)
        {
            SurfaceReader.Read(text, values);
            for (int i = 0; i < values.Length; i++)
            {
                sums[i] += values[i];
                squares[i] += (double)values[i] * values[i];
            }
        }
        int count = Math.Max(1, texts.Count);
        double[] means = [.. sums.Select(sum => sum / count)];
        double[] deviations = [.. squares.Select((square, i) => Math.Sqrt(Math.Max(0, (square / count) - (means[i] * means[i]))))];
        return new SurfaceVector(
            [.. means.Select(mean => (float)mean)],
            [.. deviations.Select(deviation => deviation > 1e-5 ? (float)(1 / deviation) : 0)]);
    }

    /// <returns><see cref="Dimensions"/> numbers from -4 to 4.</returns>
    public float[] Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var values = new float[Dimensions];
        SurfaceReader.Read(text, values);
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Clamp((values[i] - _means[i]) * _inverseDeviations[i], -Clip, Clip);
        return values;
    }
}
