namespace Orchestrator.LlamaCpp;

/// <summary>Why a request got no complete answer.</summary>
public enum GenerationFailure
{
    /// <summary>The prompt leaves no room for a single new token; the message has both numbers.</summary>
    PromptTooLong,

    /// <summary>
    /// A role, an option, the list of messages or the grammar is not allowed; the message says which and what is. Also when
    /// the grammar wants characters that the model has no token for.
    /// </summary>
    InvalidRequest,

    /// <summary>As many requests wait as the engine accepts.</summary>
    QueueFull,

    /// <summary>The engine was disposed before or while the request ran.</summary>
    Closed,

    /// <summary>The model computed logits that are not numbers; its weights or header are broken.</summary>
    BadLogits,

    /// <summary>llama.cpp refused or failed a decode.</summary>
    DecodeFailed,

    /// <summary>The engine stopped computing and was given up with all its requests; the model must be loaded anew.</summary>
    Stalled,

    /// <summary>The request's own tap failed, or the model's graph has not the rows that it wants; others are not touched.</summary>
    TapFailed,

    /// <summary>The request has a tap, and the engine was loaded without the option for it.</summary>
    NotTapped,
}

/// <summary>An expected failure of one request.</summary>
public sealed class GenerationException(GenerationFailure failure, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public GenerationFailure Failure { get; } = failure;
}
