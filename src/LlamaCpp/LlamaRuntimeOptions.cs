using System.ComponentModel.DataAnnotations;

namespace Orchestrator.LlamaCpp;

/// <summary>What the whole process shares of llama.cpp.</summary>
public sealed record LlamaRuntimeOptions
{
    /// <summary>
    /// Folder of the llama.cpp shared libraries. Null means the environment variable <c>ORCHESTRATOR_LLAMA_DIR</c> and,
    /// without it, the <c>llama</c> folder beside the program, which the build fills with the pinned version.
    /// </summary>
    public string? LibraryDirectory { get; init; }

    /// <summary>
    /// Threads that all models together may compute on at one moment. More than the free cores costs three orders of
    /// magnitude: ggml's threads spin at every barrier.
    /// </summary>
    [Range(1, 1024)]
    public int MaxThreads { get; init; } = Environment.ProcessorCount;
}
