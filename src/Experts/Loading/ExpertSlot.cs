using Orchestrator.Experts.Catalog;

namespace Orchestrator.Experts.Loading;

/// <summary>One usable expert's place on the device. Only the residency loop touches the mutable part.</summary>
sealed class ExpertSlot(int index, CatalogEntry entry)
{
    public int Index { get; } = index;

    public CatalogEntry Entry { get; } = entry;

    public string Id => Entry.Config.Id;

    public SlotPhase Phase { get; set; }

    /// <summary>Estimated until the first load, then what that load took.</summary>
    public long Bytes { get; set; } = entry.EstimatedBytes;

    public int Active { get; set; }

    public long LastUsed { get; set; }

    public bool Fresh { get; set; }

    /// <summary>Said of <see cref="Model"/>, and gone with it.</summary>
    public bool Broken { get; set; }

    public IResidentModel? Model { get; set; }

    public SlotView View => new(Phase, Bytes, Active, LastUsed, Fresh, Broken);
}
