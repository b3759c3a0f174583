using Orchestrator.Aggregator;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Embedding;
using Orchestrator.Host.Retrieval;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Host.Composition;

/// <summary>What serves once start-up is done.</summary>
/// <param name="Config">What it was made from.</param>
/// <param name="Tagger">Names the skills of questions; null where none is configured.</param>
/// <param name="Merging">What aggregators need.</param>
sealed record Service(
    OrchestratorConfig Config, ExpertPool Pool, PolicyRouter Router, SkillTagger? Tagger, AggregatorParts Merging, DateTimeOffset StartedAt)
{
    public Cascades Cascades { get; init; } = Cascades.None;

    /// <summary>Turns texts into vectors, by the expert that is named or chosen.</summary>
    public RoutedEmbedder Embedder { get; init; } = new(Pool, Config, pilots: null);

    /// <summary>Null where the router was made without.</summary>
    public QuestionSpaces? Spaces { get; init; }

    public PolicyConfig PolicyOf(RoutePlan plan) => Config.Policies.First(policy => policy.Name == plan.Policy);

    /// <summary>What merges the answers of the plan's panel.</summary>
    public IAggregator AggregatorOf(RoutePlan plan) => AggregatorRegistry.Create(plan.Aggregator, Merging, plan.AggregatorExpert);
}
