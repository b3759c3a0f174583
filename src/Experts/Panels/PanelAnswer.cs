using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Experts.Panels;

/// <summary>What one expert of a panel said, or why it said nothing.</summary>
public sealed record PanelAnswer(string Expert, string Text, TokenUsage? Usage, FinishReason? Finish, ExpertException? Failure)
{
    /// <summary>The variant that answered; null when it was the expert's own file.</summary>
    public string? Variant { get; init; }

    /// <summary>Where the call asked for scores; null otherwise.</summary>
    public GenerationScores? Scores { get; init; }
}
