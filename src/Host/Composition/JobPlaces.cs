using Orchestrator.Aggregator;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Host.Composition;

/// <summary>What jobs work with, from what serves.</summary>
static class JobPlaces
{
    /// <summary>Questions that the tagger has at once; each is asked several times.</summary>
    const int Tagged = 32;

    public static JobWorkplace Of(Service service, OpenedCollections collections) => new(service.Config, service.Pool, service.Router)
    {
        Merger = (aggregator, expert) => Merger(service.Merging, aggregator, expert),
        Mixture = service.Merging.Mixture,
        Contexts = service.Contexts(collections),
        Tagging = service.Tagger is { } tagger
            ? new SkillTagging(
                service.Router.WantsTags, (questions, cancelled) => tagger.TagAllAsync(questions, Tagged, progress: null, cancelled))
            : null,
    };

    static PanelMerger Merger(AggregatorParts parts, string aggregator, string? expert) => new(
        AggregatorRegistry.Create(aggregator, parts, expert),
        AggregatorRegistry.Asks(aggregator) ? expert ?? parts.TaskExpert : null);
}
