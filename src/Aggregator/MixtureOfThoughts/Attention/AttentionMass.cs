namespace Orchestrator.Aggregator.MixtureOfThoughts.Attention;

/// <summary>To whom the primary attended, on average over rows, interactions and heads.</summary>
/// <param name="Peers">In the memory's order; together with <paramref name="Nobody"/> they sum to 1.</param>
/// <param name="Nobody">What went to the null key; 1 when no row was seen yet.</param>
/// <param name="Rows">Rows that were seen, summed over interactions.</param>
public sealed record AttentionMass(IReadOnlyList<PeerMass> Peers, double Nobody, long Rows);

/// <param name="Mass">0 to 1.</param>
public readonly record struct PeerMass(string Peer, double Mass);
