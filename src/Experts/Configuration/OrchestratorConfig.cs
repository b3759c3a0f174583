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

    public RouterConfig Router { get; init; } = new();

    /// <summary>In file order. Without a <c>policies</c> section: <c>auto</c> by the strategy <c>nearest</c>.</summary>
    public IReadOnlyList<PolicyConfig> Policies { get; init; } = [new("auto", "nearest", new Dictionary<string, string>(), 0)];

    /// <summary>In file order, at least one; ids are unique among experts and policies.</summary>
    public required IReadOnlyList<ExpertConfig> Experts { get; init; }
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
    /// <summary>Bytes of weights, KV and compute buffers that may be loaded at once.</summary>
    [ByteSize("1MiB", "64TiB")]
    public long Budget { get; init; } = 2L << 30;
}

public sealed record RouterConfig
{
    /// <summary>What profiling measured (JSON lines); null routes without knowledge.</summary>
    [FilePath]
    public string? Outcomes { get; init; }
}
