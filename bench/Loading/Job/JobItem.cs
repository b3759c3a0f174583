namespace Orchestrator.Bench.Loading.Job;

/// <summary>One question of a batch job.</summary>
readonly record struct JobItem(string Expert, string Prompt)
{
    /// <summary>Equally many items for each of some experts, in random order.</summary>
    public static IReadOnlyList<JobItem> Shuffled(ScenarioContext context, IReadOnlyList<string> experts, int count)
    {
        JobItem[] items = [.. Enumerable.Range(0, count).Select(i => new JobItem(experts[i % experts.Count], context.Question(i)))];
        new Random(context.Options.Seed).Shuffle(items);
        return items;
    }
}
