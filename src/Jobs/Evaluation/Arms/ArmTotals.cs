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

    /// <summary>The same tokens by who read or wrote them; empty in a result that does not say it.</summary>
    public IReadOnlyDictionary<string, long> TokensByExpert { get; init; } = new Dictionary<string, long>();

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

    /// <summary>Mean wall time an item; null where only part of it is known.</summary>
    internal double? SecondsEach => Resumed ? null : WallTime.TotalSeconds / Items;

    /// <param name="tagger">The expert that names skills; null where there is none.</param>
    public static ArmTotals Of(string arm, ArmKind kind, ArmRun run, string? tagger) => new()
    {
        Arm = arm,
        Kind = kind,
        Items = run.Answers.Count,
        Failed = run.Answers.Count(answer => answer.Failure is not null),
        Calls = run.Answers.Sum(answer => answer.Calls) + run.Tagging.Calls,
        PromptTokens = run.Answers.Sum(answer => (long)answer.Usage.PromptTokens) + run.Tagging.PromptTokens,
        CompletionTokens = run.Answers.Sum(answer => (long)answer.Usage.CompletionTokens) + run.Tagging.CompletionTokens,
        TokensByExpert = ByExpert(run, tagger),
        Loads = run.Report.Stages.Where(stage => stage.Loads.Count > 0)
            .ToDictionary(stage => stage.Stage.ToString().ToLowerInvariant(), stage => stage.Loads, StringComparer.Ordinal),
        WallTime = run.Report.WallTime,
        PeakBytes = run.Report.PeakBytes,
        Resumed = run.Resumed,
    };

    static Dictionary<string, long> ByExpert(ArmRun run, string? tagger) => run.Answers
        .SelectMany(answer => answer.CallUsages)
        .Select(call => (call.Expert, Tokens: (long)call.Usage.PromptTokens + call.Usage.CompletionTokens))
        .Append((Expert: tagger ?? "tagger", Tokens: run.Tagging.PromptTokens + run.Tagging.CompletionTokens))
        .GroupBy(call => call.Expert, StringComparer.Ordinal)
        .Select(own => (own.Key, Tokens: own.Sum(call => call.Tokens)))
        .Where(own => own.Tokens > 0)
        .ToDictionary(own => own.Key, own => own.Tokens, StringComparer.Ordinal);
}
