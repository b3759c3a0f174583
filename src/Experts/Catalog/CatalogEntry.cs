using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Catalog;

/// <summary>One configured expert, or one of its variants, and what its file showed at start.</summary>
/// <param name="Config">Of a variant: the expert's, with the variant's file.</param>
/// <param name="Facts">Null when the header could not be read.</param>
/// <param name="EstimatedBytes">Device memory it will need, as its trial found; by its header where the trial could not tell.</param>
/// <param name="Refusal">Why its file must not be opened, fit for clients to read; null when it may.</param>
sealed record CatalogEntry(ExpertConfig Config, ExpertFacts? Facts, MemoryEstimate EstimatedBytes, string? Refusal)
{
    /// <summary>Null when it is the expert itself.</summary>
    public string? Variant { get; init; }

    /// <summary>The files as they were checked; null when one was missing.</summary>
    public FileStamps? Stamps { get; init; }

    /// <summary>Where its vectors live; null where it does not embed.</summary>
    public string? Space { get; init; }

    /// <summary>Of an expert: its twins, the refused ones too.</summary>
    public IReadOnlyList<CatalogEntry> Variants { get; init; } = [];

    public IEnumerable<VariantSnapshot> RefusedVariants => Variants.Where(v => v.Refusal is not null)
        .Select(v => new VariantSnapshot(v.Variant!, Residency.Quarantined, 0, v.EstimatedBytes.Total, v.Refusal));

    /// <summary>Whose budget its bytes count against.</summary>
    public MemoryAccount Account { get; } =
        Config.ForRouter ? MemoryAccount.Router : Config.GpuLayers is null or 0 ? MemoryAccount.Cpu : MemoryAccount.Gpu;

    /// <summary>As it stands before anything is loaded.</summary>
    public ExpertSnapshot Snapshot { get; } = new()
    {
        Id = Config.Id,
        Description = Config.Description,
        Purpose = Config.Purpose,
        Tools = Config.Tools,
        Residency = Refusal is not null ? Residency.Quarantined : Config.Remote is null ? Residency.Cold : Residency.Remote,
        Reason = Refusal,
        Facts = Facts,
        ExpectedBytes = EstimatedBytes.Total,
        Pinned = Config.Pin,
    };

    /// <summary>What the catalog adds to what the scheduler tells.</summary>
    /// <param name="dimensions">Of an endpoint elsewhere, where they are known.</param>
    public ExpertSnapshot Placed(ExpertSnapshot snapshot, int? dimensions) => Space is null ? snapshot : snapshot with
    {
        Space = Space,
        QueriesFor = Config.QueriesFor,
        Dimensions = dimensions ?? (Facts?.Width is > 0 and var width ? width : null),
    };

    /// <summary>The text without the folders of the files, which are no business of clients; the log has them.</summary>
    public static string WithoutFolder(ExpertConfig config, string text)
    {
        var plain = config.File.Length == 0 ? text : text.Replace(config.File, Path.GetFileName(config.File), StringComparison.Ordinal);
        return config.Adapter is { } adapter ? plain.Replace(adapter, Path.GetFileName(adapter), StringComparison.Ordinal) : plain;
    }
}
