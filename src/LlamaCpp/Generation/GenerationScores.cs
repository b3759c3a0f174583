namespace Orchestrator.LlamaCpp.Generation;

/// <summary>How likely a model found a prompt and its own answer, token by token; empty where it was not asked.</summary>
/// <param name="Prompt">Tokens of the prompt that have a text, but the first; the markers of the chat template are left out.</param>
/// <param name="Answer">Tokens of the answer, its end included.</param>
public sealed record GenerationScores(IReadOnlyList<TokenScore> Prompt, IReadOnlyList<TokenScore> Answer);
