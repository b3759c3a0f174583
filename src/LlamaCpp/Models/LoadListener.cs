using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Orchestrator.LlamaCpp.Models;

/// <summary>What llama.cpp's log says while a model loads: the reasons of a failure and the sizes of the buffers it made.</summary>
sealed partial class LoadListener
{
    const double Mebibyte = 1024 * 1024;

    readonly List<string> _errors = [];
    double _bufferBytes;

    /// <summary>KV, compute and output buffers, to a hundredth of a mebibyte each; weights are not counted.</summary>
    public long ContextBytes => (long)_bufferBytes;

    /// <summary>Empty when llama.cpp gave none.</summary>
    public string Reason => string.Join("; ", _errors.Distinct().Take(4));

    public void Hear(LogLevel level, string line)
    {
        if (level >= LogLevel.Error)
            _errors.Add(line);
        if (ContextBuffer().Match(line) is { Success: true } match)
            _bufferBytes += double.Parse(match.Groups["mib"].Value, CultureInfo.InvariantCulture) * Mebibyte;
    }

    [GeneratedRegex(@"(KV|RS|output|compute|state) buffer size =\s*(?<mib>[0-9.]+) MiB", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ContextBuffer();
}
