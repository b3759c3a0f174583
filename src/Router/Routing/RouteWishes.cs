namespace Orchestrator.Router.Routing;

/// <summary>
/// What a request wants less of. A weight is the expected score that the pool's whole spread of it is worth: at 0.2 the largest
/// expert must be expected to score 0.2 more than the smallest. Null leaves a weight to the policy.
/// </summary>
public sealed record RouteWishes
{
    /// <summary>Parameters.</summary>
    public double? Size { get; init; }

    /// <summary>Work of an answer: its usual length times the parameters.</summary>
    public double? Latency { get; init; }

    /// <summary>Usual cost of an answer.</summary>
    public double? Cost { get; init; }

    /// <summary>Age.</summary>
    public double? Recency { get; init; }

    /// <summary>Only experts of one of these licences; null is all, those of unknown licence too.</summary>
    public IReadOnlyList<string>? Licences { get; init; }
}
