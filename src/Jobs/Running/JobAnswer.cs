using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Running;

/// <summary>One item with what came of it.</summary>
public sealed record JobAnswer
{
    /// <summary>Its place in the job, from 0.</summary>
    public required int Index { get; init; }

    public required string Key { get; init; }

    /// <summary>Empty when the item failed.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whose words they are; empty when the item failed.</summary>
    public string Expert { get; init; } = "";

    public FinishReason? Finish { get; init; }

    /// <summary>Null where the item could not be planned.</summary>
    public PlanFacts? Plan { get; init; }

    /// <summary>How the panel's answers were merged, in sentences.</summary>
    public IReadOnlyList<string> MergeReasons { get; init; } = [];

    /// <summary>All answers of the panel, failed ones too; each sample once.</summary>
    public IReadOnlyList<MemberAnswer> Members { get; init; } = [];

    /// <summary>What the aggregator itself asked of the panel, such as drafts; empty where it was given the members' answers.</summary>
    public IReadOnlyList<MemberAnswer> Heard { get; init; } = [];

    /// <summary>Tokens of all calls.</summary>
    public TokenUsage Usage { get; init; } = new(0, 0);

    /// <summary>Tokens of the call that wrote the merged answer; null where no model was asked for it.</summary>
    public TokenUsage? MergeUsage { get; init; }

    /// <summary>Generations that it took, tagging aside.</summary>
    public int Calls { get; init; }

    /// <summary>Null when there is an answer.</summary>
    public JobFailure? Failure { get; init; }

    /// <summary>Every generation that ended, tagging aside, in the order of members, heard and merging.</summary>
    public IEnumerable<CallUsage> CallUsages
    {
        get
        {
            foreach (MemberAnswer asked in Members.Concat(Heard).Where(asked => asked.Usage is not null))
                yield return new CallUsage(asked.Expert, asked.Usage!);
            if (MergeUsage is not null)
                yield return new CallUsage(Expert, MergeUsage);
        }
    }
}
