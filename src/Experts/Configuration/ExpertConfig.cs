using System.ComponentModel.DataAnnotations;
using Orchestrator.LlamaCpp.Embedding;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Experts.Configuration;

/// <summary>One expert as configured; what the file leaves out comes from <c>defaults</c>.</summary>
public sealed record ExpertConfig
{
    public required string Id { get; init; }

    /// <summary>
    /// The GGUF. A file that is missing or bad quarantines the expert; it is no configuration error. Empty where
    /// <see cref="Remote"/> stands in its place.
    /// </summary>
    [FilePath]
    public string File { get; init; } = "";

    /// <summary>One sentence on what it is good at, shown in <c>/v1/models</c>.</summary>
    public string Description { get; init; } = "";

    /// <summary>
    /// Tokens that one conversation may hold, answer included; 0 is what the model was trained for. Of an expert that
    /// embeds: tokens of one text, where 0 is at most 2048.
    /// </summary>
    [Range(0, 1_048_576)]
    public int Context { get; init; }

    /// <summary>Conversations decoded together; each takes KV memory for <see cref="Context"/> tokens.</summary>
    [Range(1, 256)]
    public int MaxSequences { get; init; } = 8;

    /// <summary>Threads of this expert, within the process's; null leaves the choice to the engine.</summary>
    [Range(1, 1024)]
    public int? Threads { get; init; }

    /// <summary>A LoRA adapter over <see cref="File"/>. Experts of one file share its weights, whatever their adapters.</summary>
    [FilePath]
    public string? Adapter { get; init; }

    /// <summary>How strongly the adapter acts; 0 is not at all, 1 as trained.</summary>
    [Range(0.0, 10.0)]
    public float AdapterScale { get; init; } = 1;

    /// <summary>
    /// Maps the file instead of reading it: loads faster, but a file changed in place while it is loaded ends the process.
    /// </summary>
    public bool MemoryMap { get; init; }

    /// <summary>
    /// Lets a mixture of thoughts read and change its hidden states while it decodes. Its conversations then share one KV
    /// cache, without flash attention, which costs some speed.
    /// </summary>
    public bool LatentTap { get; init; }

    /// <summary>Once loaded it stays, and it is loaded at start; idle experts give way to it.</summary>
    public bool Pin { get; init; }

    /// <summary>Loaded at start, or as soon as there is free room; evicted like any other.</summary>
    public bool Preload { get; init; }

    /// <summary>Each step makes its waiting requests, and its place on the device, count once more.</summary>
    [Range(0, 9)]
    public int Priority { get; init; }

    /// <summary>Unloaded after so long without a request; null is never.</summary>
    [Duration("1s", "720h")]
    public TimeSpan? IdleUnload { get; init; }

    /// <summary>A model of the router itself: charged to <c>memory.router_budget</c>, so that it never evicts an expert.</summary>
    public bool ForRouter { get; init; }

    /// <summary>Low-precision twins of the file, the preferred first.</summary>
    public IReadOnlyList<VariantConfig> Variants { get; init; } = [];

    public ExpertPurpose Purpose { get; init; }

    /// <summary>For policies that prefer the new; null is unknown.</summary>
    public DateOnly? Released { get; init; }

    /// <summary>Such as <c>apache-2.0</c>, for requests that ask for one; null is what the file says.</summary>
    public string? Licence { get; init; }

    /// <summary>Layers offloaded to the GPU, -1 is all of them; null leaves the choice to the engine.</summary>
    [Range(-1, 10_000)]
    public int? GpuLayers { get; init; }

    /// <summary>Name of a chat template built into llama.cpp (<c>chatml</c>, <c>phi3</c>, …) to use instead of the file's own.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>How it calls tools; only experts that do are asked where a request brings some.</summary>
    public ToolFormat Tools { get; init; }

    /// <summary>How it samples when the request does not say.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Answer length when the request does not say, in tokens; null is what the context holds.</summary>
    [Range(1, 1_048_576)]
    public int? MaxTokens { get; init; }

    /// <summary>Of an expert that embeds: how its tokens' vectors become one; <c>model</c> is as the file says, or else the mean.</summary>
    public EmbeddingPooling Pooling { get; init; } = EmbeddingPooling.Model;

    /// <summary>Stands before each query that it embeds, as many embedders were trained.</summary>
    public string QueryPrefix { get; init; } = "";

    /// <summary>The same before each document.</summary>
    public string DocumentPrefix { get; init; } = "";

    /// <summary>
    /// Id of an embedding expert of the same file: this one embeds queries alone, which search the documents that the other
    /// has embedded.
    /// </summary>
    public string? QueriesFor { get; init; }

    /// <summary>An endpoint elsewhere that embeds, in the place of <see cref="File"/>.</summary>
    public RemoteConfig? Remote { get; init; }

    /// <summary>Line in the file.</summary>
    [NotInFile]
    public int Line { get; init; }
}

/// <summary>The same model in fewer bits, made for example by <c>orchestrator models quantize</c>.</summary>
public sealed record VariantConfig
{
    /// <summary>Told in <c>x-orchestrator-variant</c>, such as q4_k_m.</summary>
    public required string Name { get; init; }

    [FilePath]
    public required string File { get; init; }
}
