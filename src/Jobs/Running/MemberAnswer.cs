using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Running;

/// <summary>What one expert answered to one item.</summary>
/// <param name="Sample">0 for its first answer; above where it was asked several times.</param>
public sealed record MemberAnswer(string Expert, int Sample, string Text, TokenUsage? Usage, FinishReason? Finish)
{
    /// <summary>The variant that answered; null when it was the expert's own file.</summary>
    public string? Variant { get; init; }

    /// <summary>Why there is no answer; null when there is.</summary>
    public JobFailure? Failure { get; init; }
}
