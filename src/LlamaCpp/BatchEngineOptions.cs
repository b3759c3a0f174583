using System.ComponentModel.DataAnnotations;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.LlamaCpp;

/// <summary>How one model is loaded and how many requests it runs together.</summary>
public sealed record BatchEngineOptions
{
    const int TappedBatch = 64;

    /// <summary>Tokens of prompt and answer together, per sequence; 0, and whatever is above it, means the model's trained length.</summary>
    [Range(0, 16_777_216)]
    public int ContextLength { get; init; }

    /// <summary>Requests decoded together; each holds its own KV cache of <see cref="ContextLength"/> tokens.</summary>
    [Range(1, 256)]
    public int MaxSequences { get; init; } = 16;

    /// <summary>Most tokens of one decoding step, at least <see cref="MaxSequences"/>.</summary>
    [Range(1, 65_536)]
    public int BatchSize { get; init; } = 512;

    /// <summary>Most prompt tokens of one step while other sequences are writing, so that a long prompt does not hold them up.</summary>
    [Range(1, 65_536)]
    public int PrefillChunk { get; init; } = 128;

    /// <summary>Keeps keys and values of the KV cache in 32 bits instead of 16: twice the memory, and what was computed to the last bit.</summary>
    public bool FullPrecisionCache { get; init; }

    /// <summary>Threads of one step; counted against <see cref="LlamaRuntimeOptions.MaxThreads"/>.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = 1;

    /// <summary>Layers kept on the GPU; 0 is none, -1 is all.</summary>
    [Range(-1, 10_000)]
    public int GpuLayers { get; init; }

    /// <summary>
    /// Maps the file instead of reading it into memory: loads faster and shares pages with other processes, but a file
    /// that is changed in place while the model is loaded then ends the process.
    /// </summary>
    public bool MemoryMap { get; init; }

    /// <summary>LoRA adapter (a GGUF file) to apply to the weights; null is none. Engines of one file share its weights whatever their adapters.</summary>
    public string? Adapter { get; init; }

    /// <summary>Strength of <see cref="Adapter"/>: 1 as it was trained, 0 none, up to 10.</summary>
    [Range(0f, 10f)]
    public float AdapterScale { get; init; } = 1;

    /// <summary>
    /// Lets requests bring an <see cref="Latents.ILatentTap"/>. Several sequences then share one KV cache, computed without flash
    /// attention, whether a request has a tap or not. Its scratch memory is 4 bytes x heads x tokens of all sequences x
    /// <see cref="BatchSize"/>: a smaller batch makes up for it.
    /// </summary>
    public bool LatentTap { get; init; }

    /// <summary>
    /// The same for requests with taps, where such are wanted. Without flash attention a step takes scratch memory of about 4 bytes
    /// × heads × cells of all sequences × <see cref="BatchSize"/>, so it gets smaller.
    /// </summary>
    public BatchEngineOptions Tapped(bool wanted) =>
        wanted ? this with { LatentTap = true, BatchSize = Math.Max(MaxSequences, Math.Min(BatchSize, TappedBatch)) } : this;

    /// <summary>Name of a chat template built into llama.cpp (<c>chatml</c>, <c>phi3</c>, …) to use instead of the file's own.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>Requests that may wait for a free sequence; more are refused.</summary>
    [Range(0, 1_000_000)]
    public int MaxWaiting { get; init; } = 1024;

    /// <summary>For requests that bring no sampling options of their own.</summary>
    public SamplingOptions DefaultSampling { get; init; } = new();
}
