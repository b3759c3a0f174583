using System.ComponentModel.DataAnnotations;

namespace Orchestrator.LlamaCpp.Embedding;

/// <summary>How a model is loaded for embedding texts.</summary>
public sealed record EmbeddingEngineOptions
{
    [EnumDataType(typeof(EmbeddingPooling))]
    public EmbeddingPooling Pooling { get; init; } = EmbeddingPooling.Model;

    /// <summary>
    /// Most tokens of a text, and of one step over several; what is above the model's trained length means that.
    /// </summary>
    [Range(1, 65_536)]
    public int ContextLength { get; init; } = 2048;

    /// <summary>Most texts of one step.</summary>
    [Range(1, 256)]
    public int MaxSequences { get; init; } = 32;

    /// <summary>Threads of one step; counted against <see cref="LlamaRuntimeOptions.MaxThreads"/>.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = 1;

    /// <summary>Layers kept on the GPU; 0 is none, -1 is all.</summary>
    [Range(-1, 10_000)]
    public int GpuLayers { get; init; }

    /// <summary>A LoRA adapter over the file; null embeds as the file does. Engines of one file share its weights all the same.</summary>
    public string? Adapter { get; init; }

    /// <summary>How strongly the adapter acts; 0 is not at all, 1 as trained.</summary>
    [Range(0.0, 10.0)]
    public float AdapterScale { get; init; } = 1;

    /// <summary>Maps the file instead of reading it into memory; it must then not change in place.</summary>
    public bool MemoryMap { get; init; }
}
