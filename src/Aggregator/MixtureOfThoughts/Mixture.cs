using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.Aggregator.MixtureOfThoughts.Routing;

namespace Orchestrator.Aggregator.MixtureOfThoughts;

/// <summary>What a service mixes thoughts with: trained layers, and whom of its experts they fit.</summary>
/// <param name="Fitting">Ids of the experts that the service has as the layers were trained with them.</param>
/// <param name="Memory">Where the thoughts of all requests are charged.</param>
public sealed record Mixture(MixtureLayers Layers, IReadOnlySet<string> Fitting, ThoughtBudget Memory)
{
    public MixtureRouter Router { get; } = new(Layers);

    /// <summary>Who speaks and who is heard, of the experts that are there and fit.</summary>
    public MixtureChoice Choose(string question, IEnumerable<string> available) =>
        Router.Choose(question, available.Where(Fitting.Contains).ToHashSet(StringComparer.Ordinal));
}
