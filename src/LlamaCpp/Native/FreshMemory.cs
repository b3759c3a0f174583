using System.Globalization;
using System.Runtime.InteropServices;

namespace Orchestrator.LlamaCpp.Native;

/// <summary>
/// Asks Linux for huge pages under buffers that llama.cpp has allocated and is about to fill. Half of a load from the file
/// cache is page faults otherwise: one for every 4 KiB. Nothing happens where the system does not allow it.
/// </summary>
sealed partial class FreshMemory
{
    const long LeastBytes = 8 << 20;
    const long HugePage = 2 << 20;
    const int AdviseHugePages = 14;

    readonly HashSet<(long Start, long End)> _known = [.. Regions()];

    /// <summary>Advises what was mapped since this was made, or since the last call. Never fails.</summary>
    public void Advise()
    {
        foreach (var (start, end) in Regions().Where(_known.Add))
        {
            var from = (start + HugePage - 1) / HugePage * HugePage;
            if (end - from >= HugePage)
                _ = MemoryAdvise((nint)from, (nuint)(end - from), AdviseHugePages);
        }
    }

    /// <summary>Large anonymous private mappings of this process: what malloc makes for large buffers.</summary>
    static IEnumerable<(long Start, long End)> Regions()
    {
        if (!OperatingSystem.IsLinux())
            return [];
        try
        {
            // start-end perms offset device inode [path]
            return [.. File.ReadLines("/proc/self/maps").Select(Parse).Where(r => r.End - r.Start >= LeastBytes)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    static (long Start, long End) Parse(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var range, "rw-p", _, _, "0"] || range.Split('-') is not [var start, var end])
            return default;
        return (long.Parse(start, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            long.Parse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvise(nint address, nuint length, int advice);
}
