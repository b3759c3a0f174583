using Orchestrator.Bench.Loading;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Bench.Routing.Speed;

/// <summary>How long the nearest profiled questions take to find, exactly and approximately, as their number grows.</summary>
sealed class SearchTimes(int dimensions, int seed, TimeProvider time)
{
    const int Wanted = 24;
    const int Queries = 1000;

    /// <summary>An exact search of a million rows takes a fifth of a second.</summary>
    const int ExactQueries = 60;

    readonly ClusteredVectors _vectors = new(dimensions, seed);

    public string ToMarkdown(IReadOnlyList<int> sizes)
    {
        SearchRow[] rows = [.. sizes.Select(Measure)];
        return $"""
            ## Finding {Wanted} neighbours

            Clustered vectors of {dimensions} dimensions (seed {seed}). Growth is time per query beside the row above, whose rows grow by as much
            as the last column says. Recall is the share of the exact {Wanted} that the approximate search finds.

            {Report.Table(
                ["rows", "exact p50 µs", "exact p99 µs", "approximate p50 µs", "approximate p99 µs", "recall@24", "index MB", "build s",
                    "exact grows", "approximate grows", "rows grow"],
                rows.Select((row, i) => row.Cells(i == 0 ? null : rows[i - 1])))}
            """;
    }

    SearchRow Measure(int size)
    {
        Console.Error.WriteLine($"{size:N0} rows …");
        long start = time.GetTimestamp();
        VectorIndex index = VectorIndex.Of(
            dimensions, _vectors.Draw(size, seed + 1), VectorIndexOptions.Default with { ApproximateFrom = 1 });
        double seconds = time.GetElapsedTime(start).TotalSeconds;
        float[][] queries = [.. _vectors.Draw(Queries, seed + 2)];
        Timing.WarmUp(queries, query => index.Nearest(query, Wanted), Queries);
        Timing approximate = Timing.Of(queries, query => index.Nearest(query, Wanted), time);
        float[][] few = queries[..ExactQueries];
        Timing.WarmUp(few, query => index.NearestExact(query, Wanted), calls: 3);
        Timing exact = Timing.Of(few, query => index.NearestExact(query, Wanted), time);
        double recall = few.Average(query =>
            index.NearestExact(query, Wanted).Intersect(index.Nearest(query, Wanted)).Count() / (double)Math.Min(Wanted, size));
        return new SearchRow(size, exact, approximate, recall, index.Bytes, seconds);
    }

    sealed record SearchRow(int Size, Timing Exact, Timing Approximate, double Recall, long Bytes, double Seconds)
    {
        public string[] Cells(SearchRow? before) =>
        [
            $"{Size:N0}", Exact.Median, Exact.P99, Approximate.Median, Approximate.P99, $"{Recall:0.000}", $"{Bytes / 1e6:0}", $"{Seconds:0.0}",
            before is null ? "–" : Growth(Exact, before.Exact), before is null ? "–" : Growth(Approximate, before.Approximate),
            before is null ? "–" : $"{(double)Size / before.Size:0.0}",
        ];

        static string Growth(Timing now, Timing before) =>
            $"{Samples.Quantile(now.Microseconds, 0.5) / Samples.Quantile(before.Microseconds, 0.5):0.0}";
    }
}
