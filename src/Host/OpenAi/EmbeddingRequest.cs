using Orchestrator.Experts;
using Orchestrator.Experts.Embedding;

namespace Orchestrator.Host.OpenAi;

/// <summary>A valid request for embeddings.</summary>
sealed record EmbeddingRequest
{
    /// <summary>Id of an expert, or <c>auto</c>.</summary>
    public required string Model { get; init; }

    public required IReadOnlyList<string> Input { get; init; }

    /// <summary>Null leaves it to the model: documents, but queries for <c>auto</c> and for experts that embed nothing else.</summary>
    public EmbeddedSide? Side { get; init; }

    public bool Base64 { get; init; }

    /// <summary>Numbers to keep of each vector; null keeps all.</summary>
    public int? Dimensions { get; init; }

    public RequestClass Class { get; init; } = RequestClass.Interactive;
}
