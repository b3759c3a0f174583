using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Local;
using Orchestrator.Experts.Trial;

namespace Orchestrator.Experts.Catalog;

/// <summary>
/// All configured experts, ready to be asked. Models are loaded when first asked and evicted, the longest unused first,
/// when others need their room; one that is answering is never evicted.
/// </summary>
public sealed class ExpertPool : IAsyncDisposable
{
    readonly IReadOnlyList<CatalogEntry> _entries;
    readonly long _budget;
    readonly FrozenDictionary<string, LocalExpert> _experts;
    readonly ResidencyLoop _residency;

    ExpertPool(IReadOnlyList<CatalogEntry> entries, long budget, IModelLoader loader, TimeProvider time, ILogger logger)
    {
        _entries = entries;
        _budget = budget;
        var slots = entries.Where(e => e.Refusal is null).Select((entry, i) => new ExpertSlot(i, entry)).ToArray();
        _residency = new ResidencyLoop(budget, slots, loader, time, logger);
        _experts = entries.ToFrozenDictionary(
            e => e.Config.Id,
            e => new LocalExpert(e, Array.Find(slots, s => s.Id == e.Config.Id), _residency),
            StringComparer.Ordinal);
    }

    /// <summary>Inspects and tries every file; those that fail are quarantined, and the rest can be asked.</summary>
    public static async Task<ExpertPool> StartAsync(
        OrchestratorConfig config, IModelLoader loader, IModelTrial trial, TimeProvider time, ILoggerFactory loggers,
        CancellationToken cancellationToken = default)
    {
        var logger = loggers.CreateLogger<ExpertPool>();
        var entries = await ExpertCatalog.InspectAsync(config.Experts, trial, logger, cancellationToken);
        return new ExpertPool(entries, config.Memory.Budget, new CheckedModelLoader(loader, trial, entries), time, logger);
    }

    /// <summary>Every configured expert as it is now, in the configuration's order.</summary>
    public IReadOnlyList<ExpertSnapshot> Snapshot()
    {
        using var live = _residency.Published.GetEnumerator();
        return
        [
            .. _entries.Select(e => e.Refusal is null && live.MoveNext()
                ? live.Current
                : e.Snapshot with { FitsBudget = e.EstimatedBytes <= _budget }),
        ];
    }

    /// <summary>The expert, also when it is quarantined: asking it then says why.</summary>
    /// <exception cref="ExpertException">No expert of that id is configured.</exception>
    public IExpert Get(string id) =>
        _experts.GetValueOrDefault(id)
        ?? throw new ExpertException(ExpertFailure.Unknown, id, $"there is no expert '{id}'");

    /// <summary>Requests that still run end as unavailable.</summary>
    public ValueTask DisposeAsync() => _residency.DisposeAsync();
}
