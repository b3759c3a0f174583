using System.CommandLine;
using Orchestrator.Bench.Loading;
using Orchestrator.Bench.Routing.Speed;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Bench.Retrieval;

/// <summary><c>retrieval-search</c>: exact search beside what memory allows, and approximate search beside the exact one.</summary>
static class SearchCommand
{
    const int Wanted = 10;
    const int Queries = 400;

    /// <summary>Each is timed right after a read of as many bytes, so that what else the machine does hits both.</summary>
    const int ExactQueries = 40;

    const int BlockRows = 1024;

    static readonly Option<int> Rows = new("--rows") { DefaultValueFactory = _ => 1_000_000, Description = "Vectors; a million of 384 takes 4 GB here" };
    static readonly Option<int> Dimensions = new("--dimensions") { DefaultValueFactory = _ => 384 };
    static readonly Option<int> Seed = new("--seed") { DefaultValueFactory = _ => 1 };
    static readonly Option<string?> Out = new("--out") { Description = "Markdown file to write as well" };

    public static Command Create()
    {
        var command = new Command("retrieval-search", "Exact search beside the memory's bandwidth, approximate search beside exact")
        {
            Rows, Dimensions, Seed, Out,
        };
        command.SetAction(Run);
        return command;
    }

    static void Run(ParseResult parsed)
    {
        (int rows, int dimensions, int seed) = (parsed.GetValue(Rows), parsed.GetValue(Dimensions), parsed.GetValue(Seed));
        TimeProvider time = TimeProvider.System;
        var vectors = new ClusteredVectors(dimensions, seed);
        long start = time.GetTimestamp();
        // As a collection is made: by default options from 50,000 documents on.
        VectorIndex index = VectorIndex.Of(dimensions, vectors.Draw(rows, seed + 1), VectorIndexOptions.Default);
        double built = time.GetElapsedTime(start).TotalSeconds;
        float[][] queries = [.. vectors.Draw(Queries, seed + 2)];
        Timing.WarmUp(queries, query => index.Nearest(query, Wanted), Queries);
        Timing approximate = Timing.Of(queries, query => index.Nearest(query, Wanted), time);
        double recall = queries[..ExactQueries].Average(query =>
            index.NearestExact(query, Wanted).Select(found => found.Row).Intersect(index.Nearest(query, Wanted).Select(found => found.Row)).Count() / (double)Wanted);
        (double[] exact, double[] reads) = Alternate(index, queries[..ExactQueries], rows, dimensions, time);
        Report.Write(Markdown(rows, dimensions, seed, built, index.Bytes, exact, reads, approximate, recall, time), parsed.GetValue(Out));
    }

    static (double[] Exact, double[] Reads) Alternate(VectorIndex index, float[][] queries, int rows, int dimensions, TimeProvider time)
    {
        // In blocks as the index has them, and written to: memory that never was is one page of zeros, which stays in the cache.
        float[][] blocks = [.. Enumerable.Range(0, rows / BlockRows).Select(_ => new float[BlockRows * dimensions])];
        foreach (float[] block in blocks)
            Array.Fill(block, 0.5f);
        float sum = 0;
        var (exact, reads) = (new double[queries.Length], new double[queries.Length]);
        for (int i = 0; i < queries.Length; i++)
        {
            long start = time.GetTimestamp();
            foreach (float[] block in blocks)
                sum += ReadBandwidth.Read(block);
            reads[i] = time.GetElapsedTime(start).TotalMilliseconds * rows / (blocks.Length * (double)BlockRows);
            start = time.GetTimestamp();
            index.NearestExact(queries[i], Wanted);
            exact[i] = time.GetElapsedTime(start).TotalMilliseconds;
        }
        return sum == 0 ? throw new InvalidOperationException("Nothing was read.") : (exact, reads);
    }

    static string Markdown(
        int rows, int dimensions, int seed, double built, long bytes, double[] exact, double[] reads, Timing approximate, double recall, TimeProvider time)
    {
        double gigabytes = (double)rows * dimensions * sizeof(float) / 1e9;
        double exactMedian = Samples.Quantile(exact, 0.5), readMedian = Samples.Quantile(reads, 0.5);
        double near = Samples.Quantile(approximate.Microseconds, 0.5) / 1000;
        double share = Samples.Quantile([.. exact.Zip(reads, (search, read) => read / search)], 0.5);
        return $"""
            {Machine.Describe(time)}

            ## Searching {rows:N0} vectors of {dimensions} dimensions on one core

            The {Wanted} nearest by cosine; {gigabytes:0.00} GB of floats, index {bytes / 1e6:N0} MB, built in {built:0.0} s. Reading sums as many bytes in blocks
            of the same size with the widest vectors and no other work; each exact search is timed right after such a read, and the share is
            the median of read time / search time over {exact.Length} such pairs. Recall is the share of the exact {Wanted} that the approximate search finds.

            {Report.Table(
                ["what", "p50 ms", "p99 ms", "GB/s", "beside"],
                [
                    ["reading", $"{readMedian:0.0}", $"{Samples.Quantile(reads, 0.99):0.0}", $"{gigabytes / readMedian * 1000:0.0}", "–"],
                    ["exact", $"{exactMedian:0.0}", $"{Samples.Quantile(exact, 0.99):0.0}", $"{gigabytes / exactMedian * 1000:0.0}", $"{share:0.00} of reading"],
                    ["approximate", $"{near:0.00}", $"{Samples.Quantile(approximate.Microseconds, 0.99) / 1000:0.00}", "–", $"{exactMedian / near:0} times the exact speed, recall@{Wanted} {recall:0.000}"],
                ])}
            Vectors are drawn (seed {seed}) as embeddings of texts lie: around 400 centres, around each in 12 directions, with a little noise in all
            dimensions, so that a vector has real neighbours. Queries are drawn like them and are none of them.

            """;
    }
}
