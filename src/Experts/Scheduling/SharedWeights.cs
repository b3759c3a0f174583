using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Gguf;
using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>The weights of one file. They are in memory once, whoever uses them: adapters of one base, or two settings of one file.</summary>
sealed class SharedWeights(long estimatedBytes)
{
    /// <summary>As the planner numbers it.</summary>
    public int Index { get; set; }

    /// <summary>Estimated until the first load, then what that load took.</summary>
    public long Bytes { get; set; } = estimatedBytes;

    /// <summary>
    /// Files loaded in different ways are different memory, and so is what replaced a file while the old one is loaded. The
    /// router's share pays for its own experts, though others may use the same memory: no account depends on another.
    /// </summary>
    public static (string File, FileStamp? Stamp, int? GpuLayers, bool MemoryMap, MemoryAccount Account) KeyOf(CatalogEntry entry) =>
        (entry.Config.File, entry.Stamps?.Model, entry.Config.GpuLayers, entry.Config.MemoryMap, entry.Account);
}
