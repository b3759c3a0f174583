using System.Numerics.Tensors;
using System.Text;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Routing;

/// <summary>
/// Frozen features of a text: its runs of 3, 4 and 5 bytes and of 1, 2 and 3 shapes of words, hashed with signs. They are
/// computed in training too, so that every detail is part of the file's format.
/// </summary>
static class PromptFeatures
{
    const uint FnvOffset = 2_166_136_261;
    const uint FnvPrime = 16_777_619;

    /// <summary>A run of shapes weighs as much as so many runs of bytes, and is hashed as if it were so much longer.</summary>
    const int ShapeWeight = 8;
    const byte ShapeSalt = 16;

    /// <returns>A vector of length 1, or zero where so few features were asked for that all runs cancel out.</returns>
    public static float[] Of(string text, int features)
    {
        byte[] bytes = Encoding.UTF8.GetBytes($" {text} ");
        byte[] shapes = WordShapes.Of(bytes.AsSpan(1..^1));
        foreach (ref byte value in bytes.AsSpan())
        {
            if (value is >= (byte)'A' and <= (byte)'Z')
                value += 'a' - 'A';
        }

        var vector = new float[features];
        for (byte run = 3; run <= 5; run++)
            Count(vector, bytes, run, 0, 1);
        for (byte run = 1; run <= 3; run++)
            Count(vector, shapes, run, ShapeSalt, ShapeWeight);

        float length = TensorPrimitives.Norm<float>(vector);
        if (length > 0)
            TensorPrimitives.Divide(vector, length, vector);
        return vector;
    }

    static void Count(float[] vector, ReadOnlySpan<byte> bytes, byte run, byte salt, int weight)
    {
        for (int start = 0; start + run <= bytes.Length; start++)
        {
            uint hash = Hash((byte)(salt + run), bytes.Slice(start, run));
            vector[hash % (uint)vector.Length] += hash >> 31 == 0 ? weight : -weight;
        }
    }

    /// <summary>FNV-1a of the run's length and its bytes.</summary>
    static uint Hash(byte length, ReadOnlySpan<byte> run)
    {
        uint hash = (FnvOffset ^ length) * FnvPrime;
        foreach (byte value in run)
            hash = (hash ^ value) * FnvPrime;
        return hash;
    }
}
