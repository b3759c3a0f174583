using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Client;

/// <summary>Where the service is and how it is asked.</summary>
public sealed record OrchestratorClientOptions
{
    /// <summary>Such as <c>http://127.0.0.1:8080</c>; a path before <c>/v1</c> is kept.</summary>
    [Required]
    public required Uri Endpoint { get; init; }

    /// <summary>Sent as a bearer token; null sends none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>From a request to the end of its reply.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);
}
