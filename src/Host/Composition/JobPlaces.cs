using Orchestrator.Aggregator;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Running;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Host.Composition;

/// <summary>What jobs work with, from what serves.</summary>
static class JobPlaces
{
    /// <summary>Questions that the tagger has at once; each is asked several times.</summary>
    const int Tagged = 32;

    public static JobWorkplace Of(Service service) => Of(service.Config, service.Pool, service.Router);

    public static JobWorkplace Of(OrchestratorConfig config, ExpertPool pool, PolicyRouter router)
    {
        var tagger = SkillTagger.From(config, pool.Get);
        return new JobWorkplace(config, pool, router)
        {
            Merger = (aggregator, expert) => Merger(config, pool, aggregator, expert),
            Tagging = tagger is null
                ? null
                : new SkillTagging(
                    router.WantsTags, (questions, cancelled) => tagger.TagAllAsync(questions, Tagged, progress: null, cancelled)),
        };
    }

    static PanelMerger Merger(OrchestratorConfig config, ExpertPool pool, string aggregator, string? expert)
    {
        var parts = new AggregatorParts(pool.Get, PurposeOf, TaskExpert: null);
        return new PanelMerger(
            AggregatorRegistry.Create(aggregator, parts, expert),
            AggregatorRegistry.Asks(aggregator) ? expert ?? parts.TaskExpert : null);

        ExpertPurpose PurposeOf(string id) =>
            config.Experts.FirstOrDefault(known => known.Id == id)?.Purpose ?? ExpertPurpose.Answer;
    }
}
