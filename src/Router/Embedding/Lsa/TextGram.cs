using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Orchestrator.Router.Embedding.Lsa;

/// <summary>
/// Products of A·Aᵀ (texts by texts, never formed) with columns, 64 of them at a time: their part of every text stays in the
/// cache and a feature's sum in registers, so that nothing as long as the vocabulary is ever stored.
/// </summary>
static class TextGram
{
    const int Lanes = 64;

    /// <param name="matrix">A.</param>
    /// <param name="columns">Each as long as there are texts; replaced by their products.</param>
    public static void Multiply(TermMatrix matrix, float[][] columns)
    {
        var block = new float[matrix.TextCount * Lanes];
        var product = new float[matrix.TextCount * Lanes];
        for (int from = 0; from < columns.Length; from += Lanes)
        {
            int width = Math.Min(Lanes, columns.Length - from);
            Array.Clear(block);
            Array.Clear(product);
            for (int column = 0; column < width; column++)
            {
                float[] values = columns[from + column];
                for (int text = 0; text < values.Length; text++)
                    block[(text * Lanes) + column] = values[text];
            }
            for (int feature = 0; feature < matrix.Features; feature++)
                AddFeature(matrix.TextsOf(feature), matrix.WeightsOf(feature), block, product);
            for (int column = 0; column < width; column++)
            {
                float[] values = columns[from + column];
                for (int text = 0; text < values.Length; text++)
                    values[text] = product[(text * Lanes) + column];
            }
        }
    }

    static void AddFeature(ReadOnlySpan<int> texts, ReadOnlySpan<float> weights, float[] block, float[] product)
    {
        Vector256<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        ref float source = ref MemoryMarshal.GetArrayDataReference(block);
        for (int i = 0; i < texts.Length; i++)
        {
            var weight = Vector256.Create(weights[i]);
            nuint at = (nuint)(texts[i] * Lanes);
            a = Vector256.FusedMultiplyAdd(weight, Vector256.LoadUnsafe(ref source, at), a);
            b = Vector256.FusedMultiplyAdd(weight, Vector256.LoadUnsafe(ref source, at + 8), b);
            c = Vector256.FusedMultiplyAdd(weight, Vector256.LoadUnsafe(ref source, at + 16), c);
            d = Vector256.FusedMultiplyAdd(weight, Vector256.LoadUnsafe(ref source, at + 24), d);
            e = Vector256.FusedMultiplyAdd(weight, Vector256.LoadUnsafe(ref source, at + 32), e);
            f = Vector256.FusedMultiplyAdd(weight, Vector256.LoadUnsafe(ref source, at + 40), f);
            g = Vector256.FusedMultiplyAdd(weight, Vector256.LoadUnsafe(ref source, at + 48), g);
            h = Vector256.FusedMultiplyAdd(weight, Vector256.LoadUnsafe(ref source, at + 56), h);
        }
        ref float target = ref MemoryMarshal.GetArrayDataReference(product);
        for (int i = 0; i < texts.Length; i++)
        {
            var weight = Vector256.Create(weights[i]);
            ref float row = ref System.Runtime.CompilerServices.Unsafe.Add(ref target, texts[i] * Lanes);
            Add(ref row, 0, weight, a);
            Add(ref row, 8, weight, b);
            Add(ref row, 16, weight, c);
            Add(ref row, 24, weight, d);
            Add(ref row, 32, weight, e);
            Add(ref row, 40, weight, f);
            Add(ref row, 48, weight, g);
            Add(ref row, 56, weight, h);
        }
    }

    static void Add(ref float row, nuint at, Vector256<float> weight, Vector256<float> values) =>
        Vector256.FusedMultiplyAdd(weight, values, Vector256.LoadUnsafe(ref row, at)).StoreUnsafe(ref row, at);
}
