using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Loading;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Experts.Tests.Loading;

/// <summary>A residency loop over fakes. Every expert is estimated at 100 bytes unless told otherwise.</summary>
sealed class ResidencyBench : IAsyncDisposable
{
    readonly ExpertSlot[] _slots;

    public ResidencyBench(long budget, FakeModelLoader loader, params (string Id, long Estimate)[] experts)
    {
        Loader = loader;
        _slots = [.. experts.Append(("fence", long.MaxValue / 4)).Select((e, i) =>
            new ExpertSlot(i, new CatalogEntry(new() { Id = e.Item1, File = e.Item1 }, null, e.Item2, null)))];
        Loop = new ResidencyLoop(budget, _slots, loader, TimeProvider.System, NullLogger.Instance);
    }

    public FakeModelLoader Loader { get; }

    public ResidencyLoop Loop { get; }

    public Task<ModelLease> AcquireAsync(string id, CancellationToken cancellationToken = default) =>
        Loop.AcquireAsync(Slot(id), cancellationToken);

    /// <summary>After all messages sent so far are handled: an expert that can never fit is refused at once.</summary>
    public async Task<ExpertSnapshot> SnapshotAsync(string id)
    {
        await Assert.ThrowsAsync<ExpertException>(() => AcquireAsync("fence"));
        return Loop.Published.Single(s => s.Id == id);
    }

    public ValueTask DisposeAsync() => Loop.DisposeAsync();

    ExpertSlot Slot(string id) => _slots.Single(s => s.Id == id);
}
