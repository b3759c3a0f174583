using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Router.Pilots.Training;

/// <summary>Whom queries count for that several experts share the best score of.</summary>
public enum PilotTies
{
    /// <summary>The base where it shares it, then the expert that is configured first.</summary>
    First,

    /// <summary>Nobody: they do not tell who retrieves better.</summary>
    Nobody,
}

/// <summary>What the groups are that pilots are the centres of.</summary>
public enum PilotLabels
{
    /// <summary>Every query counts for the expert that retrieved best for it, as in the paper: one group a domain and winner.</summary>
    Query,

    /// <summary>Every query counts for the expert with the best mean over its domain: one group a domain.</summary>
    Domain,
}

/// <summary>How queries with scores become pilots.</summary>
public sealed record PilotTrainingOptions
{
    /// <summary>
    /// One query says little about who is better, and its best expert is as good as drawn where they are close: a domain's mean
    /// is what routing can rely on.
    /// </summary>
    public PilotLabels Labels { get; init; } = PilotLabels.Domain;

    /// <summary>
    /// The released code has the first. Where most queries find their one document by any expert, that buries the few that tell
    /// experts apart. A domain's mean counts all.
    /// </summary>
    public PilotTies Ties { get; init; } = PilotTies.Nobody;

    /// <summary>Pilots for each group; fewer where it has fewer directions.</summary>
    [Range(1, 256)]
    public int Clusters { get; init; } = 1;

    /// <summary>Smaller groups get no pilot: few wins may be chance.</summary>
    [Range(1, 100_000)]
    public int LeastQueries { get; init; } = 1;

    /// <summary>Share of held-out queries that the floor may turn away from their own pilots.</summary>
    [Range(0.0, 0.5)]
    public double FloorQuantile { get; init; } = 0.02;

    /// <summary>Of the clusters, and of what is held out for the floor.</summary>
    public int Seed { get; init; } = 42;
}
