using System.Runtime.InteropServices;

namespace Orchestrator.Bench.Scheduling;

/// <summary>Processor time of one thread (Linux, 64 bit): on a busy machine the wall clock counts other programs too.</summary>
static partial class ThreadClock
{
    const int ThreadCpuTime = 3;

    /// <summary>Of a clock's number: it is that of one thread, and counts to the nanosecond.</summary>
    const int PreciseClockOfThread = 6;

    /// <summary>Of the calling thread.</summary>
    public static double Microseconds() => Read(ThreadCpuTime);

    /// <param name="thread">The kernel's number of a thread of this process.</param>
    public static double Microseconds(int thread) => Read((~thread << 3) | PreciseClockOfThread);

    /// <summary>The kernel's numbers of this process's threads whose name begins so; a name has 15 characters there.</summary>
    public static IReadOnlyList<int> Threads(string name) => !OperatingSystem.IsLinux() ? [] :
    [
        .. Directory.GetDirectories("/proc/self/task")
            .Where(thread => Name(thread).StartsWith(name, StringComparison.Ordinal))
            .Select(thread => int.Parse(Path.GetFileName(thread))),
    ];

    static string Name(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm"));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return "";
        }
    }

    static double Read(int clock) =>
        OperatingSystem.IsLinux() && ClockGetTime(clock, out var now) == 0 ? now.Seconds * 1e6 + now.Nanoseconds / 1e3 : double.NaN;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out Time time);

    struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
