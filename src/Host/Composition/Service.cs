using Orchestrator.Aggregator;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Composition;

/// <summary>What serves once start-up is done.</summary>
/// <param name="Aggregators">What merges the answers that a plan's panel gives.</param>
sealed record Service(ExpertPool Pool, PolicyRouter Router, Func<RoutePlan, IAggregator> Aggregators, DateTimeOffset StartedAt)
{
    /// <summary>What it was made from.</summary>
    public required OrchestratorConfig Config { get; init; }
}
