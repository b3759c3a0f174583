using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Orchestrator.Bench.Retrieval;

/// <summary>How fast one core reads memory that is in no cache: the limit of a search that looks at every vector once.</summary>
static class ReadBandwidth
{
    /// <summary>Sums of vectors, so many at once that adding is never waited for.</summary>
    public static float Read(ReadOnlySpan<float> values)
    {
        ref float first = ref MemoryMarshal.GetReference(values);
        Vector512<float> a = default, b = default, c = default, d = default;
        nuint step = (nuint)Vector512<float>.Count;
        for (nuint at = 0; at + (4 * step) <= (nuint)values.Length; at += 4 * step)
        {
            a += Vector512.LoadUnsafe(ref first, at);
            b += Vector512.LoadUnsafe(ref first, at + step);
            c += Vector512.LoadUnsafe(ref first, at + (2 * step));
            d += Vector512.LoadUnsafe(ref first, at + (3 * step));
        }
        return Vector512.Sum((a + b) + (c + d));
    }
}
