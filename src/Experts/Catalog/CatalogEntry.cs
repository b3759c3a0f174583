using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts.Catalog;

/// <summary>One configured expert and what its file showed at start.</summary>
/// <param name="Facts">Null when the header could not be read.</param>
/// <param name="EstimatedBytes">Device memory it will need, by its header.</param>
/// <param name="Refusal">Why its file must not be opened; null when it may.</param>
sealed record CatalogEntry(ExpertConfig Config, ExpertFacts? Facts, long EstimatedBytes, string? Refusal)
{
    /// <summary>As it stands before anything is loaded.</summary>
    public ExpertSnapshot Snapshot { get; } = new()
    {
        Id = Config.Id,
        Description = Config.Description,
        Residency = Refusal is null ? Residency.Cold : Residency.Quarantined,
        Reason = Refusal,
        Facts = Facts,
    };
}
