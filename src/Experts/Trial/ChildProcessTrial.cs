using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Gguf;

namespace Orchestrator.Experts.Trial;

/// <summary>How the trial process is started.</summary>
public sealed record ChildProcessTrialOptions
{
    public required string Executable { get; init; }

    /// <summary>Come before the candidates.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Longest that one file may take, beside the time to read it.</summary>
    public TimeSpan FileTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes per second that a slow disk gives: all weights are read and checked.</summary>
    public long SlowestRead { get; init; } = 20L << 20;
}

/// <summary>
/// Tries files in a child process that takes them as arguments (<see cref="TrialArgument"/>) and prints one <see cref="TrialLine"/> for each, in order.
/// When it dies or hangs, the file it was at is refused and a new child goes on with the next, so that good files cost
/// one process together.
/// </summary>
public sealed partial class ChildProcessTrial(ChildProcessTrialOptions options, TimeProvider time, ILogger<ChildProcessTrial> logger)
    : IModelTrial
{
    public async Task<IReadOnlyList<TrialVerdict>> TryAsync(IReadOnlyList<TrialCandidate> candidates, CancellationToken cancellationToken)
    {
        var verdicts = new List<TrialVerdict>();
        while (verdicts.Count < candidates.Count)
        {
            using var child = TrialProcess.Start(options, candidates.Skip(verdicts.Count));
            await ReadVerdictsAsync(child, candidates, verdicts, cancellationToken);
        }

        return verdicts;
    }

    /// <summary>Until the last file, or until the child is of no more use.</summary>
    async Task ReadVerdictsAsync(
        TrialProcess child, IReadOnlyList<TrialCandidate> candidates, List<TrialVerdict> verdicts, CancellationToken cancellationToken)
    {
        while (verdicts.Count < candidates.Count)
        {
            var (verdict, lost) = await ReadVerdictAsync(child, candidates[verdicts.Count].File, cancellationToken);
            if (lost)
                LogChildLost(logger, candidates[verdicts.Count].File, verdict.Refusal!);
            verdicts.Add(verdict);
            if (lost)
                return;
        }
    }

    async Task<(TrialVerdict Verdict, bool Lost)> ReadVerdictAsync(TrialProcess child, string file, CancellationToken cancellationToken)
    {
        var limit = options.FileTimeout + TimeSpan.FromSeconds((FileStamp.Of(file)?.Bytes ?? 0) / (double)options.SlowestRead);
        try
        {
            var line = await child.ReadLineAsync(file, cancellationToken).WaitAsync(limit, time, cancellationToken);
            return line is not null
                ? (new TrialVerdict(line.Refusal, line.Memory), false)
                : (new TrialVerdict(await child.DeathAsync(cancellationToken).WaitAsync(limit, time, cancellationToken)), true);
        }
        catch (TimeoutException)
        {
            return (new TrialVerdict($"it did not answer within {limit.TotalSeconds:0} s in its trial"), true);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The trial of {File} failed: {Reason}")]
    static partial void LogChildLost(ILogger logger, string file, string reason);
}
