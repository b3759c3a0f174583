namespace Orchestrator.Aggregator.MixtureOfThoughts.Routing;

/// <summary>Who speaks and to whom it listens.</summary>
/// <param name="Primary">The id of the expert that speaks; null where the text is answered without a mixture.</param>
/// <param name="Peers">The most wanted first; empty only without a mixture.</param>
/// <param name="Probabilities">That each expert should speak, by id; together with <paramref name="None"/> they sum to 1.</param>
/// <param name="None">The probability that no mixture is needed.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record MixtureChoice(
    string? Primary, IReadOnlyList<WeightedPeer> Peers, IReadOnlyDictionary<string, double> Probabilities, double None, string Reason);

/// <param name="Weight">0 to 1; those of one choice sum to 1.</param>
public readonly record struct WeightedPeer(string Id, double Weight);
