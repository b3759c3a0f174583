using System.Globalization;

namespace Orchestrator.Experts.Memory;

/// <summary>What the machine has left. The seam to the operating system; null where it does not tell.</summary>
public interface ISystemMemory
{
    /// <summary>Bytes that this process can still take without anybody swapping or being killed.</summary>
    long? Available();
}

/// <summary>
/// Linux: the least of <c>MemAvailable</c> and of what every control group above this process leaves. The file cache
/// counts as available, since it gives way. llama.cpp's own numbers for main memory are useless: it reports free = total.
/// </summary>
public sealed class LinuxMemory(string root = "/") : ISystemMemory
{
    /// <summary>Version 1 writes "no limit" as a huge number.</summary>
    const long NoLimit = 1L << 60;

    public long? Available()
    {
        long?[] bounds = [MemAvailable(), .. Groups().Select(Left)];
        return bounds.Where(b => b is not null).Min();
    }

    long? MemAvailable()
    {
        const string Key = "MemAvailable:";
        var line = Lines("proc/meminfo").FirstOrDefault(l => l.StartsWith(Key, StringComparison.Ordinal));
        var number = line?[Key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes) && kibibytes <= NoLimit >> 10
            ? kibibytes << 10
            : null;
    }

    /// <summary>Folders of the memory control groups that this process is in, with those above them.</summary>
    IEnumerable<(string Folder, bool Unified)> Groups()
    {
        foreach (var line in Lines("proc/self/cgroup"))
        {
            // hierarchy:controllers:path; version 2 has neither number nor controllers.
            var parts = line.Split(':', 3);
            var unified = parts is ["0", "", _];
            if (parts.Length < 3 || (!unified && !parts[1].Split(',').Contains("memory", StringComparer.Ordinal)))
                continue;
            var mount = unified ? "sys/fs/cgroup" : "sys/fs/cgroup/memory";
            for (var path = parts[2].Trim('/'); ; path = Path.GetDirectoryName(path)!)
            {
                yield return (Path.Combine(mount, path), unified);
                if (path.Length == 0)
                    break;
            }
        }
    }

    long? Left((string Folder, bool Unified) group)
    {
        var limit = Number(group.Folder, group.Unified ? "memory.max" : "memory.limit_in_bytes");
        var used = Number(group.Folder, group.Unified ? "memory.current" : "memory.usage_in_bytes");
        if (limit is null or >= NoLimit || used is null)
            return null;
        // What is used includes the groups below; version 1 counts their cache under names of its own.
        string[] caches = group.Unified ? ["inactive_file", "active_file"] : ["total_inactive_file", "total_active_file"];
        var cache = Lines(Path.Combine(group.Folder, "memory.stat"))
            .Select(l => l.Split(' '))
            .Where(p => p.Length == 2 && caches.Contains(p[0], StringComparer.Ordinal))
            .Sum(p => ulong.TryParse(p[1], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0m);
        return Math.Max(0, limit.Value - used.Value + (long)Math.Min(cache, used.Value));
    }

    long? Number(string folder, string file) =>
        long.TryParse(Lines(Path.Combine(folder, file)).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;

    string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(root, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
