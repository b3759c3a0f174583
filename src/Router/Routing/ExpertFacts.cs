namespace Orchestrator.Router.Routing;

/// <summary>What is known of an expert beside its answers; null is unknown, which is never 0.</summary>
public sealed record ExpertFacts
{
    /// <summary>Bytes of memory while it is loaded.</summary>
    public long? ResidentBytes { get; init; }

    /// <summary>Parameters that each of its tokens passes through.</summary>
    public long? ActiveParameters { get; init; }

    public DateOnly? Released { get; init; }

    /// <summary>As its file or its configuration names it, such as <c>apache-2.0</c>.</summary>
    public string? Licence { get; init; }
}
