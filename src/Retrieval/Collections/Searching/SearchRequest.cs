using Orchestrator.Retrieval.Collections.Filters;

namespace Orchestrator.Retrieval.Collections.Searching;

public enum SearchMode
{
    /// <summary>Both, their rankings fused by places.</summary>
    Hybrid,

    /// <summary>By cosine of vectors.</summary>
    Dense,

    /// <summary>By shared words.</summary>
    Lexical,
}

/// <summary>One query to one collection.</summary>
public sealed record SearchRequest(SearchMode Mode)
{
    /// <summary>Needed for words.</summary>
    public string? Text { get; init; }

    /// <summary>Needed for cosines, with <see cref="Space"/>.</summary>
    public float[]? Vector { get; init; }

    /// <summary>That <see cref="Vector"/> is of.</summary>
    public string? Space { get; init; }

    /// <summary>Most hits wanted.</summary>
    public int TopK { get; init; } = 10;

    public Filter? Filter { get; init; }

    /// <summary>Of the ranking by cosine in a hybrid search.</summary>
    public double DenseWeight { get; init; } = 1;

    /// <summary>Of the ranking by words in a hybrid search.</summary>
    public double LexicalWeight { get; init; } = 1;

    public bool WithVectors { get; init; }
}
