using System.Numerics.Tensors;

namespace Orchestrator.Router.Embedding;

/// <summary>Vectors as whole numbers from -127 to 127 with one scale.</summary>
static class Quantised
{
    const float Largest = 127;

    /// <returns>What a code of 1 means; 0 for a zero vector.</returns>
    public static float Write(ReadOnlySpan<float> values, Span<sbyte> codes)
    {
        float scale = Math.Abs(TensorPrimitives.MaxMagnitude(values)) / Largest;
        if (scale == 0 || !float.IsFinite(1 / scale))
        {
            codes.Clear();
            return 0;
        }
        float inverse = 1 / scale;
        for (int i = 0; i < values.Length; i++)
            codes[i] = (sbyte)MathF.Round(values[i] * inverse);
        return scale;
    }
}
