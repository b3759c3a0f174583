using System.ComponentModel.DataAnnotations;
using Orchestrator.LlamaCpp.Embedding;

namespace Orchestrator.Experts.Configuration;

/// <summary>What places questions for the router: <c>lsa</c> or <c>hashed</c>, both of the profiled questions, or a model file.</summary>
public sealed record EmbedderConfig
{
    /// <summary>Null is the model of <see cref="File"/>, or <c>lsa</c> where there is none. May be written alone in the section's place.</summary>
    [Shorthand]
    public EmbedderKind? Kind { get; init; }

    /// <summary>A GGUF that embeds; it is loaded at start and stays.</summary>
    [FilePath]
    public string? File { get; init; }

    /// <summary>How the embeddings of a question's tokens become one; <c>model</c> is as the file says, or else the mean.</summary>
    public EmbeddingPooling Pooling { get; init; } = EmbeddingPooling.Model;

    /// <summary>Tokens of a question that count; the rest of a longer one is not read. No more than the model was trained for.</summary>
    [Range(16, 65_536)]
    public int Context { get; init; } = 512;

    /// <summary>Threads of the file's model, within the process's.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = 1;
}

/// <summary>Embedders that need no model file.</summary>
public enum EmbedderKind
{
    /// <summary>Latent semantic analysis of the profiled questions.</summary>
    Lsa,

    /// <summary>Their words and characters, hashed: fitted at once.</summary>
    Hashed,
}
