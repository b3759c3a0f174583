using Orchestrator.Jobs.Retrieval.Searching;

namespace Orchestrator.Jobs.Retrieval.Arms;

/// <summary>One way of searching, for all queries of all collections.</summary>
/// <param name="Runs">By collection, then by query, in their order.</param>
public sealed record ArmRow(string Name, ArmKind Kind, IReadOnlyList<IReadOnlyList<QueryRun>> Runs);

public enum ArmKind
{
    /// <summary>One way for every query.</summary>
    Fixed,

    /// <summary>Knows what a service could not: judgments, or which collection is searched.</summary>
    Informed,

    /// <summary>Chooses by the query.</summary>
    Router,

    /// <summary>More than one ranking becomes one.</summary>
    Fused,
}
