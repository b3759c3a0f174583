namespace Orchestrator.Bench.Loading.Answering;

/// <summary>Seconds that processes computed, as Linux tells it: unlike the clock's, nearly the same on a busy machine.</summary>
static class ProcessorTime
{
    const double TicksPerSecond = 100;

    /// <summary>Position of the first of four times behind the name: user, system, and both of the children that ended.</summary>
    const int FirstTime = 11;

    public static double Seconds(int process) => Times(process).Take(2).Sum() / TicksPerSecond;

    /// <summary>The process and all that it started, also those that ended.</summary>
    public static double TreeSeconds(int process) =>
        (Times(process).Sum() / TicksPerSecond) + ProcessMemory.Children(process).Sum(TreeSeconds);

    static long[] Times(int process)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{process}/stat");
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return [.. fields.AsSpan(FirstTime, 4).ToArray().Select(long.Parse)];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
