using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Memory;
using Orchestrator.Experts.Scheduling;
using Orchestrator.TestKit.Experts;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Experts.Tests.Scheduling;

/// <summary>A scheduler's loop over fakes and, unless told otherwise, a clock that stands still.</summary>
sealed class SchedulerBench : IAsyncDisposable
{
    readonly IReadOnlyList<SchedulerExpert> _experts;

    public SchedulerBench(long budget, FakeModelLoader loader, params (string Id, long Estimate)[] experts)
        : this(budget, loader, new SchedulerConfig(), [.. experts.Select(e => Expert(new ExpertConfig { Id = e.Id, File = e.Id }, e.Estimate))])
    {
    }

    public SchedulerBench(long budget, IModelLoader loader, SchedulerConfig options, params SchedulerExpert[] experts)
    {
        Loader = loader as FakeModelLoader ?? new FakeModelLoader();
        _experts = [.. experts, Expert(new ExpertConfig { Id = "fence", File = "fence" }, long.MaxValue / 4)];
        Loop = new SchedulerLoop(options, new MemoryBudgets(budget, 0, 0), _experts, loader, new NoMemory(), Time, NullLogger.Instance);
    }

    public ManualTime Time { get; } = new();

    /// <summary>The fake that it was given; an unused one where it was given another kind.</summary>
    public FakeModelLoader Loader { get; }

    public SchedulerLoop Loop { get; }

    public static SchedulerExpert Expert(ExpertConfig config, long bytes, params (string Name, long Bytes)[] variants) => new(
    [
        Slot(new CatalogEntry(config, null, new MemoryEstimate(0, bytes), null)),
        .. variants.Select(v => Slot(
            new CatalogEntry(config with { File = $"{config.File}.{v.Name}" }, null, new MemoryEstimate(0, v.Bytes), null) { Variant = v.Name })),
    ]);

    public Task<ModelLease> AcquireAsync(string id, CancellationToken cancellationToken = default) =>
        AcquireAsync(id, RequestClass.Interactive, tolerant: true, cancellationToken);

    public Task<ModelLease> AcquireAsync(
        string id, RequestClass requestClass, bool tolerant = true, CancellationToken cancellationToken = default)
    {
        var expert = _experts.Single(e => e.Id == id);
        return Loop.AcquireAsync(tolerant ? expert.Tolerant : expert.Exact, requestClass, cancellationToken);
    }

    public Task<ModelLease> AcquireResidentAsync(string id) =>
        Loop.AcquireAsync(_experts.Single(e => e.Id == id).Exact, RequestClass.Interactive, residentOnly: true, CancellationToken.None);

    /// <summary>After all messages sent so far are handled.</summary>
    public async Task<ExpertSnapshot> SnapshotAsync(string id)
    {
        await Loop.PulseAsync();
        return Now(id);
    }

    public ExpertSnapshot Now(string id) => Loop.Published.Experts.Values.Single(e => e.Expert.Id == id).At(Loop.Now, new LoadsAhead(Loop.Published, 1));

    public IEnumerable<ExpertSnapshot> All => Loop.Published.Experts.Values.Select(e => e.At(Loop.Now, new LoadsAhead(Loop.Published, 1)));

    public ValueTask DisposeAsync() => Loop.DisposeAsync();

    static ExpertSlot Slot(CatalogEntry entry) => new(0, entry, new SharedWeights(entry.EstimatedBytes.Weights));
}

/// <summary>A machine that does not tell its memory.</summary>
sealed class NoMemory : ISystemMemory
{
    public long? Available() => null;
}
