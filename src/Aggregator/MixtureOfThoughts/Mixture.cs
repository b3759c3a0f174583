using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.Aggregator.MixtureOfThoughts.Routing;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Aggregator.MixtureOfThoughts;

/// <summary>What a service mixes thoughts with: trained layers, and whom of its experts they fit.</summary>
/// <param name="Fits">Whether the service has the expert of an id as the layers were trained with it, now.</param>
/// <param name="Memory">Where the thoughts of all requests are charged.</param>
public sealed record Mixture(MixtureLayers Layers, Predicate<string> Fits, ThoughtBudget Memory)
{
    public MixtureRouter Router { get; } = new(Layers);

    /// <summary>Who speaks and who is heard, of the experts that are there and fit.</summary>
    public MixtureChoice Choose(string question, IEnumerable<string> available) =>
        Router.Choose(question, available.Where(id => Fits(id)).ToHashSet(StringComparer.Ordinal));

    /// <summary>Whether the layers were trained so that the one hears all the others.</summary>
    public bool Joins(string primary, IReadOnlyList<string> peers) =>
        peers.All(peer => Layers.Pairs.Contains(new MixturePair(primary, peer)));

    /// <summary>
    /// Bytes of <see cref="Memory"/> that a request takes at most, before anybody has counted its tokens; none where they are not
    /// joined.
    /// </summary>
    public long MostBytes(string primary, IReadOnlyList<string> peers, GenerationRequest request) =>
        Joins(primary, peers) ? ThoughtBytes.Most(Layers, primary, peers, request) : 0;
}
