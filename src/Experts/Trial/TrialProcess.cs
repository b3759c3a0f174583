using System.Diagnostics;

namespace Orchestrator.Experts.Trial;

/// <summary>One run of the trial program; disposing kills it if it still runs.</summary>
sealed class TrialProcess : IDisposable
{
    /// <summary>An abort prints its cause, and then perhaps a stack: enough to hold both.</summary>
    const int KeptErrorLines = 64;
    const int MostCauseLength = 300;

    readonly Process _process;
    readonly Queue<string> _errors = new();

    TrialProcess(Process process) => _process = process;

    public static TrialProcess Start(ChildProcessTrialOptions options, IEnumerable<TrialCandidate> candidates)
    {
        var start = new ProcessStartInfo(options.Executable, [.. options.Arguments, .. candidates.Select(TrialArgument.Write)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // Otherwise a failed assertion in ggml starts a debugger to print a backtrace.
        start.Environment["GGML_NO_BACKTRACE"] = "1";
        var child = new TrialProcess(new Process { StartInfo = start });
        child._process.ErrorDataReceived += (_, line) => child.KeepError(line.Data);
        child._process.Start();
        child._process.StandardInput.Close();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>The line on <paramref name="file"/>, or null when the process ended without it.</summary>
    public async Task<TrialLine?> ReadLineAsync(string file, CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } text)
        {
            if (TrialLine.TryParse(text) is { } line && line.File == file)
                return line;
        }

        return null;
    }

    /// <summary>Why a process that closed its output ended, in one sentence.</summary>
    public async Task<string> DeathAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        string? cause;
        lock (_errors)
            cause = _errors.FirstOrDefault(e => e.Contains("ASSERT", StringComparison.Ordinal)) ?? _errors.LastOrDefault();
        // A signal shows as 128 + its number: 134 is abort, 139 a segmentation fault.
        return $"it ended its trial process with exit code {_process.ExitCode}" + (cause is null ? "" : $" ({cause})");
    }

    public void Dispose()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }

        _process.Dispose();
    }

    void KeepError(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_errors)
        {
            _errors.Enqueue(line.Trim()[..Math.Min(line.Trim().Length, MostCauseLength)]);
            if (_errors.Count > KeptErrorLines)
                _errors.Dequeue();
        }
    }
}
