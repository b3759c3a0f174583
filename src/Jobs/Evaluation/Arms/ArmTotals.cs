using Orchestrator.Jobs.Running;

namespace Orchestrator.Jobs.Evaluation.Arms;

/// <summary>What an arm is.</summary>
public enum ArmKind
{
    Policy,

    /// <summary>One expert, asked everything.</summary>
    Expert,

    /// <summary>The best single expert, sampled.</summary>
    Samples,

    /// <summary>The expert that grades.</summary>
    Judge,
}

/// <summary>What one arm took.</summary>
public sealed record ArmTotals
{
    public required string Arm { get; init; }

    public required ArmKind Kind { get; init; }

    public int Items { get; init; }

    /// <summary>Items without an answer; they score 0.</summary>
    public int Failed { get; init; }

    /// <summary>Answers that the grader could not decide; they score nothing.</summary>
    public int Ungraded { get; init; }

    /// <summary>Answers in which the grader could read nothing to compare; they score 0.</summary>
    public int Unread { get; init; }

    /// <summary>Generations, those of tagging and merging included.</summary>
    public int Calls { get; init; }

    /// <summary>Tokens read and written, over all calls.</summary>
    public long PromptTokens { get; init; }

    public long CompletionTokens { get; init; }

    /// <summary>Loads by stage and expert.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Loads { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, long>>();

    public TimeSpan WallTime { get; init; }

    /// <summary>Most bytes that loaded models held at once.</summary>
    public long PeakBytes { get; init; }

    /// <summary>
    /// Whether it went on after an interruption: loads, wall time and peak bytes are those of its last part, calls and tokens
    /// are whole.
    /// </summary>
    public bool Resumed { get; init; }

    public long Tokens => PromptTokens + CompletionTokens;

    public long TotalLoads => Loads.Values.Sum(stage => stage.Values.Sum());

    public int ExpertsLoaded => Loads.Values.SelectMany(stage => stage.Keys).Distinct(StringComparer.Ordinal).Count();

    public static ArmTotals Of(string arm, ArmKind kind, ArmRun run) => new()
    {
        Arm = arm,
        Kind = kind,
        Items = run.Answers.Count,
        Failed = run.Answers.Count(answer => answer.Failure is not null),
        Calls = run.Answers.Sum(answer => answer.Calls) + run.Tagging.Calls,
        PromptTokens = run.Answers.Sum(answer => (long)answer.Usage.PromptTokens) + run.Tagging.PromptTokens,
        CompletionTokens = run.Answers.Sum(answer => (long)answer.Usage.CompletionTokens) + run.Tagging.CompletionTokens,
        Loads = run.Report.Stages.Where(stage => stage.Loads.Count > 0)
            .ToDictionary(stage => stage.Stage.ToString().ToLowerInvariant(), stage => stage.Loads, StringComparer.Ordinal),
        WallTime = run.Report.WallTime,
        PeakBytes = run.Report.PeakBytes,
        Resumed = run.Resumed,
    };
}
