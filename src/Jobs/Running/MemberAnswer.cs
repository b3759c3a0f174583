using Orchestrator.Experts.Panels;
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

    /// <summary>Of one that failed no text is kept.</summary>
    public static MemberAnswer Of(PanelAnswer said, int sample) =>
        new(said.Expert, sample, said.Failure is null ? said.Text : "", said.Usage, said.Finish)
        {
            Variant = said.Variant,
            Failure = said.Failure is null ? null : JobFailure.Of(said.Failure),
        };

    public PanelAnswer ToPanelAnswer() => new(Expert, Text, Usage, Finish, Failure?.ToException()) { Variant = Variant };
}
