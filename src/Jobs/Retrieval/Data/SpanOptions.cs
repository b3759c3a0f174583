using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Jobs.Retrieval.Data;

/// <summary>How queries are drawn out of documents.</summary>
public sealed record SpanOptions
{
    /// <summary>Most of one collection.</summary>
    [Range(1, 100_000)]
    public int Queries { get; init; } = 300;

    /// <summary>Share of them that are titles, where documents have one.</summary>
    [Range(0.0, 1.0)]
    public double Titles { get; init; } = 0.25;

    /// <summary>Words of a sentence that a span begins with, before some are dropped.</summary>
    [Range(2, 100)]
    public int Shortest { get; init; } = 4;

    [Range(2, 100)]
    public int Longest { get; init; } = 12;

    /// <summary>Share of a span's words that are dropped, so that it is no quotation.</summary>
    [Range(0.0, 0.9)]
    public double Dropped { get; init; } = 0.4;

    /// <summary>The same seed draws the same queries from the same documents.</summary>
    public int Seed { get; init; } = 1;
}
