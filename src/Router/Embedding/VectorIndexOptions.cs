using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Router.Embedding;

/// <summary>When and how <see cref="VectorIndex"/> searches a part of its rows only.</summary>
public sealed record VectorIndexOptions
{
    public static VectorIndexOptions Default { get; } = new();

    /// <summary>Fewer rows are searched exactly.</summary>
    [Range(1, int.MaxValue)]
    public int ApproximateFrom { get; init; } = 4096;

    /// <summary>Cells as a multiple of the square root of the rows: finding cells and searching in them then grow alike.</summary>
    [Range(0.1, 16.0)]
    public double CellsPerRoot { get; init; } = 2;

    /// <summary>Nearest cells that are searched.</summary>
    [Range(1, 4096)]
    public int Probes { get; init; } = 32;

    /// <summary>Candidates for each wanted neighbour whose cosine is computed exactly.</summary>
    [Range(1, 64)]
    public int Rerank { get; init; } = 2;

    /// <summary>Rows for each cell that its place is learned from.</summary>
    [Range(1, 1000)]
    public int SampleRows { get; init; } = 40;

    /// <summary>Rounds of k-means.</summary>
    [Range(1, 100)]
    public int Rounds { get; init; } = 6;

    /// <summary>Of the sample and the first places.</summary>
    public int Seed { get; init; } = 1;
}
