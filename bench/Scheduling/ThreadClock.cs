using System.Runtime.InteropServices;

namespace Orchestrator.Bench.Scheduling;

/// <summary>Processor time of the calling thread (Linux, 64 bit): on a busy machine the wall clock counts other programs too.</summary>
static partial class ThreadClock
{
    const int ThreadCpuTime = 3;

    public static double Microseconds() =>
        OperatingSystem.IsLinux() && ClockGetTime(ThreadCpuTime, out var now) == 0 ? now.Seconds * 1e6 + now.Nanoseconds / 1e3 : double.NaN;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out Time time);

    struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
