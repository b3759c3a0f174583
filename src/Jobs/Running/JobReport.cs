using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Running;

/// <summary>What one run of a job did; a job that was interrupted has several runs, and each reports only its own.</summary>
public sealed record JobReport
{
    public required int Items { get; init; }

    public int Done { get; init; }

    public int Failed { get; init; }

    /// <summary>The stages that had work in this run.</summary>
    public IReadOnlyList<StageReport> Stages { get; init; } = [];

    public TimeSpan WallTime { get; init; }

    /// <summary>Most bytes that loaded models held at any moment looked at, on all devices together.</summary>
    public long PeakBytes { get; init; }
}

/// <summary>One stage of a run.</summary>
/// <param name="Calls">Generations of this stage.</param>
/// <param name="Loads">Loads by expert, variants included; whoever asked for them. Experts that were not loaded are not in it.</param>
public sealed record StageReport(
    JobStage Stage, int Calls, TokenUsage Usage, TimeSpan WallTime, IReadOnlyDictionary<string, long> Loads);
