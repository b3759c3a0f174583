namespace Orchestrator.Bench.Loading.Traces;

/// <summary>Arrivals drawn from a seed: the same for both sides, whatever they do.</summary>
static class TraceGenerator
{
    const double ZipfExponent = 1.1;
    const double BurstSeconds = 1;
    const double BurstPeriod = 4;

    public static IReadOnlyList<string> Kinds { get; } = ["uniform", "zipf", "abab", "bursty"];

    /// <param name="rate">Arrivals a second, in the mean.</param>
    public static IReadOnlyList<Arrival> Create(string kind, double rate, TimeSpan length, int experts, int seed)
    {
        var random = new Random(seed);
        double[] weights = [.. Enumerable.Range(1, experts).Select(rank => kind == "zipf" ? Math.Pow(rank, -ZipfExponent) : 1)];
        var arrivals = new List<Arrival>();
        double now = 0;
        while (true)
        {
            now += -Math.Log(1 - random.NextDouble()) / rate;
            if (now >= length.TotalSeconds)
                return arrivals;
            int expert = kind == "abab" ? Alternating(arrivals.Count, experts) : Draw(weights, random);
            arrivals.Add(new Arrival(TimeSpan.FromSeconds(kind == "bursty" ? Squeezed(now) : now), expert));
        }
    }

    /// <summary>
    /// One of the first half, then one of the second: whatever half is in memory, every other request is for the other.
    /// Within a half they take turns, which is the worst order for whoever evicts the least recently used.
    /// </summary>
    static int Alternating(int number, int experts)
    {
        int half = (experts + 1) / 2;
        return number % 2 == 0 ? number / 2 % half : half + (number / 2 % Math.Max(experts - half, 1));
    }

    /// <summary>What arrives in a period arrives in its first part.</summary>
    static double Squeezed(double seconds)
    {
        double period = Math.Floor(seconds / BurstPeriod) * BurstPeriod;
        return period + ((seconds - period) * BurstSeconds / BurstPeriod);
    }

    static int Draw(double[] weights, Random random)
    {
        double left = random.NextDouble() * weights.Sum();
        for (int i = 0; i < weights.Length - 1; i++)
        {
            left -= weights[i];
            if (left < 0)
                return i;
        }
        return weights.Length - 1;
    }
}
