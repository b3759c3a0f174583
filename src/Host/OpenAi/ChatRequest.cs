using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.OpenAi;

/// <summary>A chat completion request whose every field was checked.</summary>
sealed record ChatRequest
{
    /// <summary>A policy or an expert id.</summary>
    public required string Model { get; init; }

    public required GenerationRequest Generation { get; init; }

    public bool Stream { get; init; }

    /// <summary><c>stream_options.include_usage</c>: a last chunk without choices carries the usage.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>What is routed: the last user message, or the last message when no user speaks.</summary>
    public string Question =>
        (Generation.Messages.LastOrDefault(turn => turn.Role == "user") ?? Generation.Messages[^1]).Content;
}
