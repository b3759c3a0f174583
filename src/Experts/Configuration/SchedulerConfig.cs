using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Experts.Configuration;

/// <summary>How waiting requests share the device. docs/scheduling.md explains the rules behind the values.</summary>
public sealed record SchedulerConfig
{
    /// <summary>From this age on, an interactive request goes before everything that came later.</summary>
    [Duration("100ms", "24h")]
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The same for batch requests.</summary>
    [Duration("100ms", "240h")]
    public TimeSpan BatchMaxWait { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Age at which a waiting interactive request counts as two.</summary>
    [Duration("10ms", "1h")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Interactive requests that may wait for one expert; more get 429.</summary>
    [Range(1, 1_000_000)]
    public int QueuePerExpert { get; init; } = 256;

    /// <summary>Interactive requests that may wait in all; more get 429.</summary>
    [Range(1, 10_000_000)]
    public int Queue { get; init; } = 2048;

    /// <summary>Batch requests that may wait in all; more are refused.</summary>
    [Range(1, 10_000_000)]
    public int BatchQueue { get; init; } = 200_000;

    /// <summary>Requests that may run at once over all experts; each expert has its own <c>max_sequences</c> beside this.</summary>
    [Range(1, 1_000_000)]
    public int MaxRunning { get; init; } = 1024;

    /// <summary>Loads at the same moment; more only make each slower.</summary>
    [Range(1, 64)]
    public int ParallelLoads { get; init; } = 1;

    /// <summary>Reads the next expert's file ahead while the present ones answer.</summary>
    public bool Prefetch { get; init; } = true;

    /// <summary>Lets low-precision variants answer under memory pressure, where a request does not forbid it.</summary>
    public bool Variants { get; init; } = true;

    /// <summary>Pause after a failed load; doubles with every further failure, up to a minute or itself if that is longer.</summary>
    [Duration("10ms", "1h")]
    public TimeSpan LoadBackoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Without any progress for so long, the service is not ready.</summary>
    [Duration("100ms", "1h")]
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>A model without progress for so long is given up: its requests fail and it is loaded afresh.</summary>
    [Duration("100ms", "24h")]
    public TimeSpan StallReload { get; init; } = TimeSpan.FromSeconds(60);
}
