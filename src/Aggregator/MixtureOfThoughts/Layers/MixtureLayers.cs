namespace Orchestrator.Aggregator.MixtureOfThoughts.Layers;

/// <summary>
/// What was trained so that frozen experts share what they think: interaction layers and a router. Read from one file and never
/// changed; safe for any number of requests at once.
/// </summary>
public sealed record MixtureLayers
{
    internal MixtureLayers(IReadOnlyList<Interaction> interactions, RouterWeights router) =>
        (Interactions, Router) = (interactions, router);

    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Numbers of one key or value in the shared latent space; a multiple of <see cref="Heads"/>.</summary>
    public required int Latent { get; init; }

    public required int Heads { get; init; }

    /// <summary>Tokens that a peer writes itself at most, before its states are read.</summary>
    public required int Draft { get; init; }

    /// <summary>Most peers of one request.</summary>
    public required int TopPeers { get; init; }

    public required IReadOnlyList<MixtureExpert> Experts { get; init; }

    /// <summary>What was trained together; nothing else may be mixed.</summary>
    public required IReadOnlyList<MixturePair> Pairs { get; init; }

    /// <summary>Bytes of all tensors in memory.</summary>
    public required long Bytes { get; init; }

    internal IReadOnlyList<Interaction> Interactions { get; }

    internal RouterWeights Router { get; }

    /// <exception cref="ArgumentException">The layers know no such expert; the message lists those they know.</exception>
    public MixtureExpert Expert(string id) => Experts.FirstOrDefault(expert => expert.Id == id)
        ?? throw new ArgumentException(
            $"The layers '{Name}' know no expert '{id}'; they know {string.Join(", ", Experts.Select(e => e.Id))}.", nameof(id));
}
