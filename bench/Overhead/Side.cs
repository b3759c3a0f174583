using System.Diagnostics;

namespace Orchestrator.Bench.Overhead;

/// <summary>One way to ask the same question.</summary>
/// <param name="AskAsync">Asks once and reads the whole answer, which it returns.</param>
sealed record Side(string Name, Func<CancellationToken, Task<string>> AskAsync);

/// <param name="PerSecond">Requests a second, median of the rounds.</param>
/// <param name="Share">Of the first side's requests a second, median of the rounds' ratios.</param>
/// <param name="Bytes">Allocated in this process for one request, median of the rounds.</param>
sealed record SideResult(string Name, double PerSecond, double Share, double Bytes);

/// <summary>Sides that take turns, so that a busy machine meets all alike.</summary>
sealed class Turns(int rounds, int requests, int together, TimeProvider time)
{
    /// <summary>For connections, and for the compiler to see what is called often.</summary>
    const int WarmUp = 3;

    public async Task<SideResult[]> MeasureAsync(IReadOnlyList<Side> sides, CancellationToken cancellationToken)
    {
        var rates = new double[sides.Count][];
        var bytes = new double[sides.Count][];
        for (int side = 0; side < sides.Count; side++)
            (rates[side], bytes[side]) = (new double[rounds], new double[rounds]);
        for (int round = -WarmUp; round < rounds; round++)
        {
            for (int side = 0; side < sides.Count; side++)
            {
                (double rate, double allocated) = await RoundAsync(sides[side], cancellationToken);
                if (round >= 0)
                    (rates[side][round], bytes[side][round]) = (rate, allocated);
            }
        }
        return [.. sides.Select((side, i) => new SideResult(
            side.Name, Median(rates[i]), Median([.. rates[i].Zip(rates[0], (rate, first) => rate / first)]), Median(bytes[i])))];
    }

    async Task<(double Rate, double Bytes)> RoundAsync(Side side, CancellationToken cancellationToken)
    {
        int left = requests;
        GC.Collect();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long began = time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, together).Select(_ => Task.Run(WorkAsync, cancellationToken)));
        double seconds = time.GetElapsedTime(began).TotalSeconds;
        return (requests / seconds, (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / requests);

        async Task WorkAsync()
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                if ((await side.AskAsync(cancellationToken)).Length == 0)
                    throw new UnreachableException($"{side.Name}: an empty answer");
            }
        }
    }

    static double Median(double[] values) => Loading.Samples.Median(values);
}
