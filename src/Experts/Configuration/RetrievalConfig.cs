using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Experts.Configuration;

/// <summary>Search by meaning: who embeds what, and where collections of documents are kept.</summary>
public sealed record RetrievalConfig
{
    /// <summary>Which queries each embedding expert proved best at (JSON), written by <c>orchestrator train pilots</c>; null routes none.</summary>
    [FilePath]
    public string? Pilots { get; init; }

    /// <summary>Id of the expert that embeds documents, and queries that no pilot is near to; null is the one that <see cref="Pilots"/> name.</summary>
    public string? Base { get; init; }

    /// <summary>How an expert's pilots become its similarity with a query.</summary>
    public PilotRule Rule { get; init; } = PilotRule.Mean;

    /// <summary>
    /// A query that is less similar than this to the pilots of the chosen expert is left to the base; null is what training
    /// found for <see cref="Pilots"/>.
    /// </summary>
    [Range(0.0, 1.0)]
    public double? Floor { get; init; }

    /// <summary>
    /// Where collections are kept; null is <c>orchestrator/collections</c> in <c>$XDG_STATE_HOME</c>, or else in
    /// <c>~/.local/state</c>.
    /// </summary>
    [FilePath]
    public string? Collections { get; init; }

    /// <summary>Documents from which on a collection is searched approximately.</summary>
    [Range(1, 100_000_000)]
    public int ApproximateFrom { get; init; } = 50_000;

    /// <summary>A Qdrant that keeps the collections; null keeps them in <see cref="Collections"/>.</summary>
    public QdrantConfig? Qdrant { get; init; }
}

/// <summary>How the similarities of a query with one expert's pilots become one.</summary>
public enum PilotRule
{
    /// <summary>Their mean, as in the paper.</summary>
    Mean,

    /// <summary>The largest, as in its released code.</summary>
    Nearest,
}

/// <summary>A Qdrant server, asked through its REST interface.</summary>
public sealed record QdrantConfig
{
    /// <summary>Such as <c>http://127.0.0.1:6333</c>.</summary>
    public required string Url { get; init; }

    /// <summary>Name of the environment variable with its key; null sends none.</summary>
    public string? ApiKeyEnv { get; init; }

    /// <summary>Of one request to it.</summary>
    [Duration("100ms", "10m")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
