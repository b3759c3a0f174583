using System.Numerics.Tensors;
using System.Text;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Routing;

/// <summary>
/// Frozen features of a text: its runs of 3, 4 and 5 bytes, hashed with signs. They are computed in training too, so that every
/// detail is part of the file's format.
/// </summary>
static class PromptFeatures
{
    const uint FnvOffset = 2_166_136_261;
    const uint FnvPrime = 16_777_619;
    const int Shortest = 3;
    const int Longest = 5;

    /// <returns>A vector of length 1, or zero for a text that is too short to have a run.</returns>
    public static float[] Of(string text, int features)
    {
        byte[] bytes = Encoding.UTF8.GetBytes($" {text} ");
        foreach (ref byte value in bytes.AsSpan())
        {
            if (value is >= (byte)'A' and <= (byte)'Z')
                value += 'a' - 'A';
        }

        var vector = new float[features];
        for (int run = Shortest; run <= Longest; run++)
        {
            for (int start = 0; start + run <= bytes.Length; start++)
            {
                uint hash = Hash((byte)run, bytes.AsSpan(start, run));
                vector[hash % (uint)features] += hash >> 31 == 0 ? 1 : -1;
            }
        }

        float length = TensorPrimitives.Norm<float>(vector);
        if (length > 0)
            TensorPrimitives.Divide(vector, length, vector);
        return vector;
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
