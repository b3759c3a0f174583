namespace Orchestrator.Bench.Loading.Answering;

/// <summary>Physical memory of a process, as Linux tells it.</summary>
static class ProcessMemory
{
    /// <summary>0 when the process is gone.</summary>
    public static long ResidentBytes(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
            string[] words = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
            return words is [_, var kibibytes, ..] ? 1024 * long.Parse(kibibytes) : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>The process and all that it started.</summary>
    public static long TreeBytes(int process) => ResidentBytes(process) + Children(process).Sum(TreeBytes);

    public static IEnumerable<int> Children(int process)
    {
        try
        {
            return [.. Directory.GetDirectories($"/proc/{process}/task")
                .SelectMany(task => File.ReadAllText($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(int.Parse)];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
