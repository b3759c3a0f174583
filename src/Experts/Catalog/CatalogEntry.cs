using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;

namespace Orchestrator.Experts.Catalog;

/// <summary>One configured expert and what its file showed at start.</summary>
/// <param name="Facts">Null when the header could not be read.</param>
/// <param name="EstimatedBytes">Device memory it will need, by its header.</param>
/// <param name="Refusal">Why its file must not be opened, fit for clients to read; null when it may.</param>
sealed record CatalogEntry(ExpertConfig Config, ExpertFacts? Facts, long EstimatedBytes, string? Refusal)
{
    /// <summary>The file as it was checked; null when there was none.</summary>
    public FileStamp? Stamp { get; init; }

    /// <summary>As it stands before anything is loaded.</summary>
    public ExpertSnapshot Snapshot { get; } = new()
    {
        Id = Config.Id,
        Description = Config.Description,
        Residency = Refusal is null ? Residency.Cold : Residency.Quarantined,
        Reason = Refusal,
        Facts = Facts,
    };

    /// <summary>The text without the folder of the file, which is no business of clients; the log has it.</summary>
    public static string WithoutFolder(ExpertConfig config, string text) =>
        text.Replace(config.File, Path.GetFileName(config.File), StringComparison.Ordinal);
}
