using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Experts.Panels;

/// <summary>What one expert of a panel said, or why it said nothing.</summary>
public sealed record PanelAnswer(string Expert, string Text, TokenUsage? Usage, FinishReason? Finish, ExpertException? Failure)
{
    /// <summary>The variant that answered; null when it was the expert's own file.</summary>
    public string? Variant { get; init; }

    /// <summary>A member of whom nothing was asked yet.</summary>
    public static PanelAnswer NotAsked(string expert) => new(expert, "", null, null, null);

    /// <summary>Where the call asked for scores; null otherwise.</summary>
    public GenerationScores? Scores { get; init; }
}
