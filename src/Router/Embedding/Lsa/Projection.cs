using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Orchestrator.Router.Embedding.Lsa;

/// <summary>
/// One row of V a feature, as bytes with a scale each. A text sums hundreds of rows from all over memory: a quarter of the bytes is
/// a quarter of the wait, and the sum's direction stays within a cosine of about .9999 of the one of floats.
/// </summary>
/// <param name="Dimensions">Of a row.</param>
/// <param name="Codes">Rows after another, each <see cref="Stride"/> long and filled up with zeros.</param>
/// <param name="Scales">What a code of 1 means in each row.</param>
sealed record Projection(int Dimensions, sbyte[] Codes, float[] Scales)
{
    const int Lanes = 16;

    public int Stride => StrideOf(Dimensions);

    public static int StrideOf(int dimensions) => (dimensions + Lanes - 1) / Lanes * Lanes;

    public static Projection Of(TermMatrix matrix, float[][] textFactors, int dimensions)
    {
        int stride = StrideOf(dimensions);
        var codes = new sbyte[(long)matrix.Features * stride];
        var scales = new float[matrix.Features];
        var row = new float[dimensions];
        for (int feature = 0; feature < matrix.Features; feature++)
        {
            Array.Clear(row);
            ReadOnlySpan<int> texts = matrix.TextsOf(feature);
            ReadOnlySpan<float> weights = matrix.WeightsOf(feature);
            for (int i = 0; i < texts.Length; i++)
                TensorPrimitives.MultiplyAdd(textFactors[texts[i]], weights[i], row, row);
            scales[feature] = Quantised.Write(row, codes.AsSpan(feature * stride, dimensions));
        }
        return new Projection(dimensions, codes, scales);
    }

    /// <summary>Adds a feature's row times a weight.</summary>
    /// <param name="sum"><see cref="Stride"/> long.</param>
    public void Add(int feature, float weight, Span<float> sum)
    {
        var factor = Vector256.Create(weight * Scales[feature]);
        int stride = sum.Length;
        ref sbyte codes = ref MemoryMarshal.GetReference(Codes.AsSpan(feature * stride, stride));
        ref float target = ref MemoryMarshal.GetReference(sum);
        for (nuint at = 0; at < (nuint)stride; at += Lanes)
        {
            (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.LoadUnsafe(ref codes, at));
            Multiply(low, factor, ref target, at);
            Multiply(high, factor, ref target, at + 8);
        }
    }

    static void Multiply(Vector128<short> codes, Vector256<float> factor, ref float target, nuint at)
    {
        (Vector128<int> low, Vector128<int> high) = Vector128.Widen(codes);
        var values = Vector256.ConvertToSingle(Vector256.Create(low, high));
        Vector256.FusedMultiplyAdd(values, factor, Vector256.LoadUnsafe(ref target, at)).StoreUnsafe(ref target, at);
    }
}
