using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Composition;

/// <summary>What the router may know of the experts beside their answers.</summary>
static class RoutingFacts
{
    /// <summary>Reads headers alone; an expert whose file cannot be read has nothing known.</summary>
    public static IReadOnlyDictionary<string, ExpertFacts> Of(OrchestratorConfig config) => config.Experts.ToDictionary(
        expert => expert.Id,
        expert => CatalogFacts.Read(expert) is { } read
            ? new ExpertFacts { ResidentBytes = read.ResidentBytes, ActiveParameters = read.Facts.Parameters }
            : new ExpertFacts(),
        StringComparer.Ordinal);
}
