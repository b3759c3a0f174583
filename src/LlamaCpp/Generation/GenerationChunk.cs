namespace Orchestrator.LlamaCpp.Generation;

/// <summary>Why an answer ended.</summary>
public enum FinishReason
{
    /// <summary>The model ended its turn, or a stop string appeared.</summary>
    Stop,

    /// <summary>The token limit or the context was reached.</summary>
    Length,
}

/// <summary>Tokens read and written for one request.</summary>
public sealed record TokenUsage(int PromptTokens, int CompletionTokens)
{
    /// <returns>Of several requests together; nought of none.</returns>
    public static TokenUsage Sum(IReadOnlyCollection<TokenUsage> usages) =>
        new(usages.Sum(usage => usage.PromptTokens), usages.Sum(usage => usage.CompletionTokens));
}

/// <summary>
/// A piece of an answer: whole UTF-8 characters that can no longer become part of a stop string.
/// The last chunk, and only it, carries <see cref="Finish"/> and <see cref="Usage"/>; its text may be empty.
/// </summary>
public readonly record struct GenerationChunk(string Text, FinishReason? Finish = null, TokenUsage? Usage = null)
{
    /// <summary>On the last chunk, where the request asks for scores; null otherwise.</summary>
    public GenerationScores? Scores { get; init; }
}
