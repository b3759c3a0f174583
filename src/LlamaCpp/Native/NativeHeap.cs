using System.Runtime.InteropServices;

namespace Orchestrator.LlamaCpp.Native;

/// <summary>
/// Tells glibc to give large freed buffers back to the system at once. By default it learns from the first freed ones to
/// keep such sizes for later, so that a process whose models come and go holds hundreds of megabytes that no model has.
/// </summary>
static partial class NativeHeap
{
    // Numbers of glibc's malloc.h. A threshold that is set is no longer moved by what is freed.
    const int TrimThreshold = -1;
    const int MmapThreshold = -3;
    const int LargeBytes = 1 << 20;

    /// <summary>Nothing happens where the C library has no such switch.</summary>
    public static void ReturnLargeBuffers()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = SetOption(MmapThreshold, LargeBytes);
            _ = SetOption(TrimThreshold, LargeBytes);
        }
        catch (EntryPointNotFoundException)
        {
            // musl, which returns them anyway.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
