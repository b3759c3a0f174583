using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Experts.Configuration;

/// <summary>Offline work over many items: where it is kept, and how much of it there may be.</summary>
public sealed record JobsConfig
{
    /// <summary>
    /// Where jobs, their files and their answers are kept; null is <c>orchestrator</c> in <c>$XDG_STATE_HOME</c>, or else in
    /// <c>~/.local/state</c>.
    /// </summary>
    [FilePath]
    public string? Folder { get; init; }

    /// <summary>Bytes that an uploaded file may have; more is 413.</summary>
    [ByteSize("1KiB", "64GiB")]
    public long MaxFileBytes { get; init; } = 200L << 20;

    /// <summary>Lines that a batch may have.</summary>
    [Range(1, 10_000_000)]
    public int MaxItems { get; init; } = 50_000;

    /// <summary>A batch that is not done after so long ends as expired, with what was answered until then.</summary>
    [Duration("1s", "720h")]
    public TimeSpan Expiry { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Calls of one job that are under way at once, over all experts.</summary>
    [Range(1, 65_536)]
    public int Window { get; init; } = 64;

    /// <summary>Address of a RabbitMQ that carries the messages between planner and workers (amqp://…); null keeps them in the process.</summary>
    public string? Rabbitmq { get; init; }
}
