using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Experts.Configuration;

/// <summary>Everything <c>orchestrator.yaml</c> says, checked; paths are absolute. Read by <see cref="ConfigReader"/>.</summary>
public sealed record OrchestratorConfig
{
    /// <summary>The file it was read from.</summary>
    public required string Path { get; init; }

    public ServerConfig Server { get; init; } = new();

    public EngineConfig Engine { get; init; } = new();

    public MemoryConfig Memory { get; init; } = new();

    public SchedulerConfig Scheduler { get; init; } = new();

    public RouterConfig Router { get; init; } = new();

    public JobsConfig Jobs { get; init; } = new();

    public FeedbackConfig Feedback { get; init; } = new();

    public RetrievalConfig Retrieval { get; init; } = new();

    /// <summary>In file order. Without a <c>policies</c> section: <c>auto</c> by the strategy <c>nearest</c>.</summary>
    public IReadOnlyList<PolicyConfig> Policies { get; init; } = [new("auto", "nearest", new Dictionary<string, string>(), 0)];

    /// <summary>In file order, at least one; ids are unique among experts and policies.</summary>
    public required IReadOnlyList<ExpertConfig> Experts { get; init; }

    /// <summary>Ids of those that policies may recruit.</summary>
    public IEnumerable<string> Answering =>
        Experts.Where(expert => expert.Purpose == ExpertPurpose.Answer).Select(expert => expert.Id);
}

public sealed record ServerConfig
{
    /// <summary>Addresses to listen on, separated by <c>;</c>.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    [ByteSize("1KiB", "1GiB")]
    public long MaxBodyBytes { get; init; } = 4L << 20;

    /// <summary>From the request's first byte to its answer's last.</summary>
    [Duration("1s", "24h")]
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a stream that waits for its expert is told what it waits for, in SSE comments.</summary>
    [Duration("100ms", "10m")]
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads the configuration again when its file changes.</summary>
    public bool WatchConfig { get; init; } = true;

    /// <summary>
    /// Name of the environment variable with the keys that clients may present, separated by commas or white space and read
    /// at start; null asks for none.
    /// </summary>
    public string? ApiKeyEnv { get; init; }

    /// <summary>
    /// Origins, separated by <c>;</c>, whose pages may ask from a browser, beside those that the service serves itself;
    /// <c>*</c> is any. The hosts in them may also be what clients call the service.
    /// </summary>
    public string AllowedOrigins { get; init; } = "";
}

public sealed record EngineConfig
{
    /// <summary>Folder of the user's own llama.cpp build; null is the one that came with the program.</summary>
    [FilePath]
    public string? Library { get; init; }

    /// <summary>ggml threads of the whole process, shared by all models; null is the number of cores.</summary>
    [Range(1, 1024)]
    public int? Threads { get; init; }
}

public sealed record MemoryConfig
{
    /// <summary>
    /// Bytes of weights, KV and compute buffers of all experts in main memory at once; null is nine tenths of what the
    /// machine and its control groups leave at start.
    /// </summary>
    [ByteSize("1MiB", "64TiB")]
    public long? Budget { get; init; }

    /// <summary>The same for experts with layers on the GPU; null is nine tenths of what the device has free at start.</summary>
    [ByteSize("1MiB", "64TiB")]
    public long? GpuBudget { get; init; }

    /// <summary>A share of its own for the models of the router (<c>for_router</c>), beside the budgets above.</summary>
    [ByteSize("0", "64TiB")]
    public long RouterBudget { get; init; }

    /// <summary>
    /// For what experts tell one another without words, of all requests together, where policies mix thoughts; comes off
    /// <see cref="Budget"/>.
    /// </summary>
    [ByteSize("1MiB", "64TiB")]
    public long Thoughts { get; init; } = 64 << 20;
}

public sealed record RouterConfig
{
    /// <summary>What profiling measured (JSON lines); null routes without knowledge.</summary>
    [FilePath]
    public string? Outcomes { get; init; }

    /// <summary>The texts that the profiled experts answered (JSON lines), kept to choose an aggregator by; null keeps none.</summary>
    [FilePath]
    public string? Answers { get; init; }

    /// <summary>Which aggregator proved best on those answers (JSON), written by <c>orchestrator profile</c>.</summary>
    [FilePath]
    public string? Aggregation { get; init; }

    /// <summary>How sure the profiled experts were of those answers (JSON lines), written by <c>orchestrator profile --evidence</c>.</summary>
    [FilePath]
    public string? Evidence { get; init; }

    /// <summary>A question farther from what was profiled than this share of the profiled ones is novel, and gets no confidence.</summary>
    [Range(0.5, 1.0)]
    public double NovelQuantile { get; init; } = 0.99;

    /// <summary>Which strategy policies of the strategy <c>auto</c> follow (JSON), written by <c>orchestrator train auto</c>.</summary>
    [FilePath]
    public string? Auto { get; init; }

    /// <summary>
    /// Trained layers by which experts attend to each other's hidden states (GGUF), for policies of the aggregator
    /// <c>mixture-of-thoughts</c>; the experts it names need <c>latent_tap: true</c>.
    /// </summary>
    [FilePath]
    public string? Mixture { get; init; }

    public TaggerConfig Tagger { get; init; } = new();

    public EmbedderConfig Embedder { get; init; } = new();

    /// <summary>
    /// Folder of what would take long to compute again: fitted embedders, and the vectors of profiled questions; null is
    /// <c>orchestrator</c> in <c>$XDG_CACHE_HOME</c>, or else in <c>~/.cache</c>.
    /// </summary>
    [FilePath]
    public string? EmbedderCache { get; init; }
}
