using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>Adds the rows of features times their weights, four at a time: each part of the sum is then loaded and stored once for four.</summary>
    /// <param name="sum"><see cref="Stride"/> long.</param>
    public void Add(ReadOnlySpan<int> features, ReadOnlySpan<float> weights, Span<float> sum)
    {
        int at = 0;
        for (; at + 4 <= features.Length; at += 4)
            AddFour(features.Slice(at, 4), weights.Slice(at, 4), sum);
        for (; at < features.Length; at++)
            AddFour([features[at], features[at], features[at], features[at]], [weights[at], 0, 0, 0], sum);
    }

    void AddFour(ReadOnlySpan<int> features, ReadOnlySpan<float> weights, Span<float> sum)
    {
        nuint stride = (nuint)sum.Length;
        ref sbyte a = ref Row(features[0]), b = ref Row(features[1]), c = ref Row(features[2]), d = ref Row(features[3]);
        var weightA = Vector512.Create(weights[0] * Scales[features[0]]);
        var weightB = Vector512.Create(weights[1] * Scales[features[1]]);
        var weightC = Vector512.Create(weights[2] * Scales[features[2]]);
        var weightD = Vector512.Create(weights[3] * Scales[features[3]]);
        ref float target = ref MemoryMarshal.GetReference(sum);
        for (nuint at = 0; at < stride; at += Lanes)
        {
            var values = Vector512.LoadUnsafe(ref target, at);
            values = Vector512.FusedMultiplyAdd(Decode(ref a, at), weightA, values);
            values = Vector512.FusedMultiplyAdd(Decode(ref b, at), weightB, values);
            values = Vector512.FusedMultiplyAdd(Decode(ref c, at), weightC, values);
            values = Vector512.FusedMultiplyAdd(Decode(ref d, at), weightD, values);
            values.StoreUnsafe(ref target, at);
        }
    }

    ref sbyte Row(int feature) => ref MemoryMarshal.GetReference(Codes.AsSpan(feature * Stride, Stride));

    static Vector512<float> Decode(ref sbyte codes, nuint at)
    {
        var bytes = Vector128.LoadUnsafe(ref codes, at);
        if (Avx512F.IsSupported)
            return Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(bytes));
        (Vector128<short> low, Vector128<short> high) = Vector128.Widen(bytes);
        (Vector128<int> first, Vector128<int> second) = Vector128.Widen(low);
        (Vector128<int> third, Vector128<int> fourth) = Vector128.Widen(high);
        return Vector512.ConvertToSingle(Vector512.Create(Vector256.Create(first, second), Vector256.Create(third, fourth)));
    }
}
