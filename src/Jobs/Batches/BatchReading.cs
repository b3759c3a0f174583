using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Batches;

/// <summary>Reads an input file and checks all of it before anything runs.</summary>
/// <param name="longest">Bytes that a line may have.</param>
/// <param name="maxItems">Lines that a batch may have.</param>
public sealed class BatchReading(BatchFormat format, int longest, int maxItems)
{
    /// <summary>A file of nonsense is recognised by its first lines.</summary>
    const int MostProblems = 100;

    const int PageSize = 512;

    /// <param name="page">Takes the items in their order, as many at once as are read at once; called until a problem is found.</param>
    /// <returns>Number of items, and everything that is wrong with the file; empty when it can run.</returns>
    public async Task<(int Items, IReadOnlyList<BatchProblem> Problems)> ReadAsync(
        Stream file, Func<int, IReadOnlyList<JobItem>, Task> page, CancellationToken cancellationToken)
    {
        var problems = new List<BatchProblem>();
        var firstLines = new Dictionary<string, int>(StringComparer.Ordinal);
        var items = new List<JobItem>();
        int count = 0;
        var lines = new LineReader(file, longest);
        while (problems.Count < MostProblems && await lines.NextAsync(cancellationToken) is { } line)
        {
            if (line.IsBlank) continue;
            if (++count > maxItems)
            {
                problems.Add(new BatchProblem(
                    "too_many_requests", $"The file has more than {maxItems} requests (jobs.max_items).", null, line.Number));
                break;
            }
            try
            {
                items.Add(Read(line, firstLines));
            }
            catch (BatchLineException problem)
            {
                problems.Add(new BatchProblem(problem.Code, problem.Message, problem.Param, line.Number));
            }
            if (items.Count == PageSize) await FlushAsync();
        }
        if (count == 0) problems.Add(new BatchProblem("empty_file", "The input file has no request.", null, null));
        await FlushAsync();
        return (count, problems);

        async Task FlushAsync()
        {
            if (problems.Count == 0 && items.Count > 0) await page(count - items.Count, [.. items]);
            items.Clear();
        }
    }

    JobItem Read(Line line, Dictionary<string, int> firstLines)
    {
        if (line.Bytes is not { } bytes)
            throw new BatchLineException("invalid_json_line", $"The line is longer than {longest} bytes (server.max_body_bytes).");
        JobItem item = format.Read(bytes);
        if (!firstLines.TryAdd(item.Key, line.Number))
        {
            throw new BatchLineException(
                "duplicate_custom_id", $"The custom_id '{item.Key}' was used on line {firstLines[item.Key]}.", "custom_id");
        }
        return item;
    }
}
