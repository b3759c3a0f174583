using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Embedding;
using Orchestrator.Experts.Gguf;
using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Local;
using Orchestrator.Experts.Memory;
using Orchestrator.Experts.Scheduling;
using Orchestrator.Experts.Scheduling.Lookahead;
using Orchestrator.Experts.Trial;

namespace Orchestrator.Experts.Catalog;

/// <summary>
/// All configured experts, ready to be asked. Models are loaded when asked and give way when others need their room more;
/// one that is answering is never evicted. The set of experts can be changed while requests run.
/// </summary>
public sealed class ExpertPool : IAsyncDisposable
{
    readonly PoolParts _parts;
    readonly SchedulerLoop _scheduler;
    readonly Watchdog _watchdog;
    readonly RemoteEmbeddings _remote = new();
    volatile Roster _roster;

    ExpertPool(PoolParts parts, Roster roster, SchedulerConfig options, MemoryBudgets budgets, CheckedModelLoader loader)
    {
        _parts = parts;
        _scheduler = new SchedulerLoop(options, budgets, roster.Places, loader, parts.Memory, parts.Time, parts.Logger);
        _watchdog = new Watchdog(_scheduler, options, parts.Time, parts.Logger);
        Loader = loader;
        _roster = roster.Bound(_scheduler, _remote);
    }

    CheckedModelLoader Loader { get; }

    /// <summary>Inspects and tries every file; those that fail are quarantined, and the rest can be asked.</summary>
    /// <param name="memory">Null takes the operating system's.</param>
    /// <param name="gpuFree">Measures the free bytes of the GPU; null, or what gives null, stands for none.</param>
    /// <exception cref="ConfigException">A memory budget is neither configured nor measurable.</exception>
    public static async Task<ExpertPool> StartAsync(
        OrchestratorConfig config, IModelLoader loader, IModelTrial trial, TimeProvider time, ILoggerFactory loggers,
        ISystemMemory? memory = null, Func<long?>? gpuFree = null, CancellationToken cancellationToken = default)
    {
        var parts = new PoolParts(trial, memory ?? new LinuxMemory(), gpuFree, time, loggers.CreateLogger<ExpertPool>());
        var budgets = BudgetResolver.Resolve(config.Memory, parts.Memory, gpuFree?.Invoke());
        var entries = await ExpertCatalog.InspectAsync(config.Experts, [], trial, parts.Hashes, parts.Logger, cancellationToken);
        return new ExpertPool(
            parts, Roster.Of(entries, Roster.Empty, [], config.Scheduler), config.Scheduler, budgets, new CheckedModelLoader(loader, trial, entries));
    }

    /// <summary>Whether the scheduler and every model that has work make progress.</summary>
    public PoolHealth Health => _watchdog.Health;

    /// <summary>Every configured expert as it is now, in the configuration's order.</summary>
    public IReadOnlyList<ExpertSnapshot> Snapshot() => _roster.Snapshot(_scheduler);

    /// <summary>Bytes by device share, and what the scheduler did since the start.</summary>
    public PoolSnapshot Measure() => PoolSnapshot.Of(_scheduler.Published, Snapshot());

    /// <summary>The expert, also when it is quarantined: asking it then says why.</summary>
    /// <exception cref="ExpertException">No expert of that id is configured.</exception>
    public IExpert Get(string id) => Find(id);

    /// <summary>The expert that embeds, also when it is quarantined: asking it then says why.</summary>
    /// <exception cref="ExpertException">No expert of that id is configured, or it does not embed.</exception>
    public IEmbeddingExpert GetEmbedder(string id)
    {
        var roster = _roster;
        return roster.Embedders.GetValueOrDefault(id) ?? throw (roster.Experts.ContainsKey(id)
            ? new ExpertException(
                ExpertFailure.InvalidRequest, id,
                $"the expert '{id}' answers and does not embed; "
                + (roster.Embedders.Count > 0 ? $"those that embed are {string.Join(", ", roster.Embedders.Keys.Order(StringComparer.Ordinal))}" : "none is configured that does"))
            : Unknown(id));
    }

    /// <summary>The order of a known job's groups, as their indices, that takes the least time for loading.</summary>
    public IReadOnlyList<int> Order(IReadOnlyList<WorkGroup> groups) => KnownWork.Order(groups, _scheduler.Published);

    /// <summary>Loads the expert and returns when it is resident; it may be evicted later like any other.</summary>
    /// <exception cref="ExpertException">It cannot be loaded; the kind says why.</exception>
    public Task LoadAsync(string id, CancellationToken cancellationToken = default) => Find(id).LoadAsync(cancellationToken);

    /// <summary>Unloads the expert and its variants once nothing runs on them; nothing happens when it is not resident.</summary>
    /// <exception cref="ExpertException">There is no such expert, or it is pinned.</exception>
    public void Unload(string id)
    {
        Find(id);
        var expert = _scheduler.Published.Experts.Values.FirstOrDefault(e => e.Expert is { Retired: false } place && place.Id == id);
        if (expert is { Snapshot.Pinned: true })
            throw new ExpertException(ExpertFailure.InvalidRequest, id, $"the expert '{id}' is pinned; take pin out of the configuration first");
        foreach (var (slot, model) in expert?.Models ?? [])
            _scheduler.Discard(slot, model);
    }

    /// <summary>
    /// Takes over experts and budgets of a new configuration: new files are inspected first, unchanged experts stay as they
    /// are, removed and changed ones finish what runs on them.
    /// </summary>
    /// <exception cref="ConfigException">A memory budget cannot be measured; everything stays as it was.</exception>
    public async Task ReconfigureAsync(OrchestratorConfig config, CancellationToken cancellationToken = default)
    {
        var before = _roster;
        var budgets = BudgetResolver.Resolve(config.Memory, _parts.Memory, _parts.GpuFree?.Invoke(), _scheduler.Published.Held);
        var entries = await ExpertCatalog.InspectAsync(config.Experts, before.Entries, _parts.Trial, _parts.Hashes, _parts.Logger, cancellationToken);
        Loader.Expect(entries);
        var roster = Roster.Of(entries, before, _scheduler.Published.Slots, config.Scheduler);
        await _scheduler.ConfigureAsync(roster.Places, budgets);
        _roster = roster.Bound(_scheduler, _remote);
    }

    /// <summary>Requests that still run end as unavailable.</summary>
    public async ValueTask DisposeAsync()
    {
        await _watchdog.DisposeAsync();
        await _scheduler.DisposeAsync();
        _remote.Dispose();
    }

    LocalExpert Find(string id) => _roster.Experts.GetValueOrDefault(id) ?? throw Unknown(id);

    static ExpertException Unknown(string id) => new(ExpertFailure.Unknown, id, $"there is no expert '{id}'");

    /// <summary>What a pool needs beside its experts.</summary>
    sealed record PoolParts(IModelTrial Trial, ISystemMemory Memory, Func<long?>? GpuFree, TimeProvider Time, ILogger Logger)
    {
        public FileHashes Hashes { get; } = new();
    }
}
