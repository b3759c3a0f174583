using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Retrieval.Lexical;

/// <summary>The two constants of BM25, and how texts are read.</summary>
public sealed record Bm25Options
{
    public static Bm25Options Default { get; } = new();

    /// <summary>How long repeating a term goes on to count; at 0 it counts once.</summary>
    [Range(0.0, 100.0)]
    public double K1 { get; init; } = 1.2;

    /// <summary>How much the length of a document is held against it: 0 not at all, 1 in proportion.</summary>
    [Range(0.0, 1.0)]
    public double B { get; init; } = 0.75;

    public TextOptions Text { get; init; } = TextOptions.Default;
}
