namespace Orchestrator.Retrieval.Collections.Qdrant;

/// <summary>How a Qdrant server is asked.</summary>
/// <param name="Url">Such as <c>http://127.0.0.1:6333</c>.</param>
public sealed record QdrantOptions(Uri Url)
{
    /// <summary>Sent as the header <c>api-key</c>; null sends none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Of one request.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What only reads is asked again so often when the server cannot be reached or is overloaded.</summary>
    public int Repeats { get; init; } = 2;

    /// <summary>Before the first repeat; four times as long before the next.</summary>
    public TimeSpan RepeatAfter { get; init; } = TimeSpan.FromMilliseconds(100);
}
