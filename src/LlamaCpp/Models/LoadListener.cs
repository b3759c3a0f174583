using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Models;

/// <summary>What llama.cpp's log says while a model loads: the reasons of a failure and the sizes of the buffers it made.</summary>
sealed partial class LoadListener
{
    const double Mebibyte = 1024 * 1024;

    readonly List<string> _errors = [];
    readonly FreshMemory _fresh = new();
    double _bufferBytes;
    double _computeBytes;
    double _cacheBytes;

    /// <summary>KV, compute and output buffers, to a hundredth of a mebibyte each; weights are not counted.</summary>
    public long ContextBytes => (long)(_bufferBytes + _computeBytes);

    /// <summary>The same for a context that was only planned: its KV buffers are empty, but the cache tells its size.</summary>
    public long PlannedBytes => (long)(_bufferBytes + _computeBytes + _cacheBytes);

    /// <summary>Empty when llama.cpp gave none.</summary>
    public string Reason => string.Join("; ", _errors.Distinct().Take(4));

    public void Hear(LogLevel level, string line)
    {
        if (level >= LogLevel.Error)
            _errors.Add(line);
        // The compute buffers are made anew, and listed again, when an adapter changes the graph.
        if (line.StartsWith("sched_reserve: reserving", StringComparison.Ordinal))
            _computeBytes = 0;
        if (CacheSize().Match(line) is { Success: true } cache)
            _cacheBytes += Bytes(cache);
        // Said after a buffer is allocated and before it is filled.
        if (line.Contains(" buffer size =", StringComparison.Ordinal))
            _fresh.Advise();
        if (ContextBuffer().Match(line) is not { Success: true } match)
            return;
        var bytes = Bytes(match);
        if (match.Groups["kind"].Value == "compute")
            _computeBytes += bytes;
        else
            _bufferBytes += bytes;
    }

    static double Bytes(Match match) => double.Parse(match.Groups["mib"].Value, CultureInfo.InvariantCulture) * Mebibyte;

    [GeneratedRegex(@"^llama_kv_cache\w*: size =\s*(?<mib>[0-9.]+) MiB \(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CacheSize();

    [GeneratedRegex(@"(?<kind>KV|RS|output|compute|state) buffer size =\s*(?<mib>[0-9.]+) MiB", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ContextBuffer();
}
