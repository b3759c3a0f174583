using Orchestrator.LlamaCpp.Latents;

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

    /// <summary>
    /// Scores every token of the prompt. Each takes a row of logits, 4 bytes for each token of the vocabulary: a model's rows
    /// of one step are bounded, so that a prompt under a large vocabulary is read in more steps, in the extreme one token
    /// in each as if it were written.
    /// </summary>
    public bool ScorePrompt { get; init; }

    /// <summary>Scores every token of the answer: two passes over the vocabulary for each.</summary>
    public bool ScoreAnswer { get; init; }

    /// <summary>
    /// Reads and changes the residual stream of this request alone; null is none. Needs an engine with
    /// <see cref="BatchEngineOptions.LatentTap"/>.
    /// </summary>
    public ILatentTap? Tap { get; init; }
}
