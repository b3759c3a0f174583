using Orchestrator.Bench.Loading;

namespace Orchestrator.Bench.Routing.Speed;

/// <summary>Times of one call for each of many inputs, on this thread.</summary>
/// <param name="Microseconds">One a call.</param>
/// <param name="BytesPerCall">Allocated on the managed heap.</param>
sealed record Timing(double[] Microseconds, long BytesPerCall)
{
    public string Median => $"{Samples.Quantile(Microseconds, 0.5):0}";

    public string P99 => $"{Samples.Quantile(Microseconds, 0.99):0}";

    public static Timing Of<T>(IReadOnlyList<T> inputs, Action<T> call, TimeProvider time)
    {
        var microseconds = new double[inputs.Count];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < inputs.Count; i++)
        {
            long start = time.GetTimestamp();
            call(inputs[i]);
            microseconds[i] = time.GetElapsedTime(start).TotalMicroseconds;
        }
        return new Timing(microseconds, (GC.GetAllocatedBytesForCurrentThread() - before) / Math.Max(1, inputs.Count));
    }

    /// <summary>Calls until the compiler has optimised the code that is timed next.</summary>
    public static void WarmUp<T>(IReadOnlyList<T> inputs, Action<T> call, int calls)
    {
        for (int i = 0; i < calls; i++)
            call(inputs[i % inputs.Count]);
    }
}
