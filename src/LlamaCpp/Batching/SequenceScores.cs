using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.LlamaCpp.Batching;

/// <summary>What a sequence was asked to score, and the scores so far.</summary>
sealed class SequenceScores(bool prompt, bool answer)
{
    public bool OfPrompt => prompt;

    public bool OfAnswer => answer;

    public List<TokenScore> Prompt { get; } = [];

    public List<TokenScore> Answer { get; } = [];

    /// <summary>Null when nothing is asked for.</summary>
    public static SequenceScores? For(GenerationRequest request) =>
        request.ScorePrompt || request.ScoreAnswer ? new(request.ScorePrompt, request.ScoreAnswer) : null;

    public GenerationScores ToResult() => new(Prompt, Answer);
}
