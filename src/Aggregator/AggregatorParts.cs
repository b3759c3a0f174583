using Orchestrator.Aggregator.MixtureOfThoughts;
using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Aggregator;

/// <summary>What aggregators need of the service around them.</summary>
/// <param name="Find">Gives the expert of an id. Throws <see cref="ExpertException"/> for one that is gone.</param>
/// <param name="Purpose">What the expert of an id was made for.</param>
/// <param name="TaskExpert">The expert that proved best at merging; null where no test chose one.</param>
public sealed record AggregatorParts(Func<string, IExpert> Find, Func<string, ExpertPurpose> Purpose, string? TaskExpert)
{
    /// <summary>Null where no layers to mix thoughts with are configured.</summary>
    public Mixture? Mixture { get; init; }
}
