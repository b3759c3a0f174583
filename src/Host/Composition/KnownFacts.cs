using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using ExpertFacts = Orchestrator.Router.Routing.ExpertFacts;

namespace Orchestrator.Host.Composition;

/// <summary>What the router may know of experts beside their answers. What nobody says stays unknown.</summary>
static class KnownFacts
{
    /// <summary>By id, of those that answer. Reads the header of every file and loads none.</summary>
    public static IReadOnlyDictionary<string, ExpertFacts> Of(OrchestratorConfig config) => config.Experts
        .Where(expert => expert.Purpose == ExpertPurpose.Answer)
        .ToDictionary(expert => expert.Id, Of, StringComparer.Ordinal);

    /// <summary>The configuration goes before the file.</summary>
    static ExpertFacts Of(ExpertConfig expert)
    {
        var read = CatalogFacts.Read(expert);
        return new ExpertFacts
        {
            ResidentBytes = read?.ResidentBytes,
            ActiveParameters = read?.Facts.ActiveParameters,
            Released = expert.Released,
            Licence = expert.Licence ?? read?.Facts.Licence,
        };
    }
}
