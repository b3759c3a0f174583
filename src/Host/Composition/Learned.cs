using Orchestrator.Aggregator.MixtureOfThoughts;
using Orchestrator.Host.Embedding;
using Orchestrator.Router.Pilots;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Composition;

/// <summary>What profiling taught, read from its files.</summary>
/// <param name="Merger">The expert that proved best at merging; null where no test chose one that is configured.</param>
sealed record Learned(PolicyRouter Router, string? Merger)
{
    /// <summary>Null where no policy mixes thoughts.</summary>
    public Mixture? Mixture { get; init; }

    /// <summary>Which queries each embedding expert proved best at; null where none are configured, or none yet.</summary>
    public PilotLibrary? Pilots { get; init; }

    public Cascades Cascades { get; init; } = Cascades.None;

    /// <summary>Where the router's space came from; the next one comes from there too.</summary>
    public QuestionSpaces? Spaces { get; init; }
}
