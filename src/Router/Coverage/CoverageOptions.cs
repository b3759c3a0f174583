using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Router.Coverage;

/// <summary>What counts as known, and what as reliable.</summary>
public sealed record CoverageOptions
{
    public static CoverageOptions Default { get; } = new();

    /// <summary>How many dimensions of the embedding count, the first ones.</summary>
    [Range(1, 4096)]
    public int Dimensions { get; init; } = 64;

    /// <summary>What the surface features are multiplied by for the distance; 0 leaves them out.</summary>
    [Range(0.0, 100.0)]
    public double Surface { get; init; } = 1;

    /// <summary>The same for regions, which are to be about a subject rather than of a length.</summary>
    [Range(0.0, 100.0)]
    public double RegionSurface { get; init; } = 0.12;

    /// <summary>Regions at most: small profiles get fewer, <see cref="LeastInRegion"/> questions each on average.</summary>
    [Range(1, 1000)]
    public int Regions { get; init; } = 24;

    [Range(1, 1000)]
    public int LeastInRegion { get; init; } = 50;

    /// <summary>Profiled questions at most that the nearest is looked for among, an even sample: each takes some 12 ns a question.</summary>
    [Range(1, 1_000_000)]
    public int Rows { get; init; } = 4000;

    /// <summary>Added to the covariance's diagonal, in the squared unit of the features.</summary>
    [Range(1e-6, 1e3)]
    public double Ridge { get; init; } = 0.02;

    /// <summary>A question farther away than this share of the profiled ones, each judged without its fold, is novel.</summary>
    [Range(0.5, 1.0)]
    public double NovelQuantile { get; init; } = 0.99;

    /// <summary>Questions at the expert's overall mean that are added to each of its regions.</summary>
    [Range(0.0, 1000.0)]
    public double Prior { get; init; } = 8;

    /// <summary>Of the bounds on a reliability, in standard deviations: 1.645 is one-sided 95%.</summary>
    [Range(0.0, 10.0)]
    public double Deviations { get; init; } = 1.645;

    /// <summary>An answer must be expected to be right so often, or nobody is a specialist.</summary>
    [Range(0.0, 1.0)]
    public double Reliable { get; init; } = 0.5;

    /// <summary>Of the regions.</summary>
    [Range(0, 1 << 20)]
    public int Seed { get; init; } = 1;
}
