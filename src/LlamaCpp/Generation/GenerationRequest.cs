namespace Orchestrator.LlamaCpp.Generation;

/// <summary>A conversation to continue, and how.</summary>
public sealed record GenerationRequest
{
    public required IReadOnlyList<ChatTurn> Messages { get; init; }

    /// <summary>At most this many new tokens (≥ 1); null means as many as the context holds.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The answer ends before the first of these strings, which is not part of it.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>
    /// GBNF whose rule <c>root</c> the answer follows from its first character to its last; cut off where the tokens run
    /// out. Null is none. To be written by the program, not by its users: time and memory for an ambiguous one can double
    /// with every token.
    /// </summary>
    public string? Grammar { get; init; }

    /// <summary>What differs from the model's default sampling; null changes nothing.</summary>
    public SamplingChanges? Sampling { get; init; }
}
