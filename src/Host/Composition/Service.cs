using Orchestrator.Experts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Composition;

/// <summary>What serves once start-up is done.</summary>
sealed record Service(ExpertPool Pool, PolicyRouter Router, DateTimeOffset StartedAt);
