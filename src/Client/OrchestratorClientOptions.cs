using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Client;

/// <summary>Where the service is and how it is asked. Checked where a client is made.</summary>
public sealed record OrchestratorClientOptions
{
    /// <summary>
    /// Such as <c>http://127.0.0.1:8080</c>; a path before <c>/v1</c> is kept, and a <c>/v1</c> at its end may be given or left out.
    /// </summary>
    [Required]
    public required Uri Endpoint { get; init; }

    /// <summary>Sent as a bearer token; null sends none. The service compares it with what its <c>server.api_key_env</c> names.</summary>
    public string? ApiKey { get; init; }

    /// <summary>
    /// From a request to the end of its reply, retries included. More than none; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>
    /// is no limit.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>To connect, once. More than none. An <see cref="HttpClient"/> that is handed in has its own.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// From a request to the headers of its reply, for each try; 10 ms to a day. Null, the default, leaves it to
    /// <see cref="Timeout"/>: an expert may take minutes to load, and an answer that is not streamed comes only when it is whole.
    /// </summary>
    public TimeSpan? FirstByteTimeout { get; init; }

    /// <summary>How often a request that failed before the first byte of its reply is sent again where that does no harm; 0 to 10.</summary>
    [Range(0, 10)]
    public int Retries { get; init; } = 1;

    /// <summary>Before a retry, unless the service says how long; up to a day.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest <c>Retry-After</c> that is waited for, up to a day; a refusal that asks for more is told at once.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What all of this is measured by; another one is for tests.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Without the key, which must not get into logs.</summary>
    public override string ToString() => $"{nameof(OrchestratorClientOptions)} {{ {nameof(Endpoint)} = {Endpoint} }}";
}
