namespace Orchestrator.LlamaCpp.Generation;

/// <summary>A conversation to continue, and how.</summary>
public sealed record GenerationRequest
{
    public required IReadOnlyList<ChatTurn> Messages { get; init; }

    /// <summary>At most this many new tokens (≥ 1); null means as many as the context holds.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The answer ends before the first of these strings, which is not part of it.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>What differs from the model's default sampling; null changes nothing.</summary>
    public SamplingChanges? Sampling { get; init; }
}
