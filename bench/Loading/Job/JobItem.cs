namespace Orchestrator.Bench.Loading.Job;

/// <summary>One question of a batch job.</summary>
readonly record struct JobItem(string Expert, string Prompt)
{
    /// <summary>Equally many items for each expert, in random order.</summary>
    public static IReadOnlyList<JobItem> Shuffled(IReadOnlyList<string> experts, int count, int seed)
    {
        JobItem[] items = [.. Enumerable.Range(0, count).Select(i => new JobItem(experts[i % experts.Count], $"item {i}"))];
        new Random(seed).Shuffle(items);
        return items;
    }
}
