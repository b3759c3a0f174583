using Orchestrator.Aggregator;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Host.Composition;

/// <summary>What jobs work with, from what serves.</summary>
static class JobPlaces
{
    /// <summary>Questions that the tagger has at once; each is asked several times.</summary>
    const int Tagged = 32;

    public static JobWorkplace Of(Service service) => new(service.Config, service.Pool, service.Router)
    {
        Merger = (aggregator, expert) => new PanelMerger(
            AggregatorRegistry.Create(aggregator, service.Merging, expert),
            AggregatorRegistry.Asks(aggregator) ? expert ?? service.Merging.TaskExpert : null),
        Tagging = service.Tagger is not { } tagger
            ? null
            : new SkillTagging(
                service.Router.WantsTags,
                (questions, cancelled) => tagger.TagAllAsync(questions, Tagged, progress: null, cancelled)),
    };
}
