using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Orchestrator.Router.Embedding.Search;

/// <summary>Dot products of vectors of whole numbers: exact, so the same on every machine.</summary>
static class CodeDot
{
    /// <summary>Lengths are multiples of it.</summary>
    public const int Lanes = 32;

    public static int StrideOf(int dimensions) => (dimensions + Lanes - 1) / Lanes * Lanes;

    /// <param name="query">From -127 to 127, widened once for many products.</param>
    /// <param name="codes">As long.</param>
    public static int Of(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> codes)
    {
        ref short left = ref MemoryMarshal.GetReference(query);
        ref sbyte right = ref MemoryMarshal.GetReference(codes[..query.Length]);
        nuint length = (nuint)query.Length;
        return Avx512BW.IsSupported ? Wide(ref left, ref right, length)
            : Avx2.IsSupported ? Middle(ref left, ref right, length)
            : Portable(ref left, ref right, length);
    }

    static int Wide(ref short left, ref sbyte right, nuint length)
    {
        Vector512<int> sum = default, other = default;
        nuint at = 0;
        for (; at + (2 * Lanes) <= length; at += 2 * Lanes)
        {
            sum += Avx512BW.MultiplyAddAdjacent(
                Vector512.LoadUnsafe(ref left, at), Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref right, at)));
            other += Avx512BW.MultiplyAddAdjacent(
                Vector512.LoadUnsafe(ref left, at + Lanes), Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref right, at + Lanes)));
        }
        if (at < length)
        {
            sum += Avx512BW.MultiplyAddAdjacent(
                Vector512.LoadUnsafe(ref left, at), Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref right, at)));
        }
        return Vector512.Sum(sum + other);
    }

    static int Middle(ref short left, ref sbyte right, nuint length)
    {
        Vector256<int> sum = default, other = default;
        for (nuint at = 0; at < length; at += Lanes)
        {
            sum += Avx2.MultiplyAddAdjacent(
                Vector256.LoadUnsafe(ref left, at), Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref right, at)));
            other += Avx2.MultiplyAddAdjacent(
                Vector256.LoadUnsafe(ref left, at + 16), Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref right, at + 16)));
        }
        return Vector256.Sum(sum + other);
    }

    internal static int Portable(ref short left, ref sbyte right, nuint length)
    {
        Vector128<int> sum = default;
        for (nuint at = 0; at < length; at += 16)
        {
            (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.LoadUnsafe(ref right, at));
            // Two products of at most 127 x 127 stay within a short.
            Vector128<short> products = (low * Vector128.LoadUnsafe(ref left, at)) + (high * Vector128.LoadUnsafe(ref left, at + 8));
            (Vector128<int> first, Vector128<int> second) = Vector128.Widen(products);
            sum += first + second;
        }
        return Vector128.Sum(sum);
    }
}
