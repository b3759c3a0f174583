using Orchestrator.Aggregator.MixtureOfThoughts;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts;

public sealed class ThoughtBudgetTests
{
    readonly ThoughtBudget _budget = new(100);

    [Fact]
    public async Task TakeAsync_NoRoom_WaitsUntilEnoughIsGivenBack()
    {
        ThoughtLease first = await _budget.TakeAsync(70, default);
        Task<ThoughtLease> second = _budget.TakeAsync(60, default);
        Assert.False(second.IsCompleted);

        first.Shrink(40);

        Assert.Equal(100, await TakenAfter(second));
        await first.DisposeAsync();
        await (await second).DisposeAsync();
        Assert.Equal(0, _budget.Taken);
    }

    [Fact]
    public async Task TakeAsync_LargeOneWaits_SmallOnesDoNotPassIt()
    {
        await using ThoughtLease first = await _budget.TakeAsync(50, default);
        using var impatient = new CancellationTokenSource();
        Task<ThoughtLease> large = _budget.TakeAsync(90, impatient.Token);
        Task<ThoughtLease> small = _budget.TakeAsync(10, default);
        Assert.False(small.IsCompleted);

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        Assert.Equal(60, await TakenAfter(small));
    }

    [Fact]
    public async Task TakeAsync_MoreThanThereIs_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _budget.TakeAsync(101, default));

    [Fact]
    public async Task DisposeAsync_Twice_GivesBackOnce()
    {
        ThoughtLease lease = await _budget.TakeAsync(30, default);

        await lease.DisposeAsync();
        await lease.DisposeAsync();

        Assert.Equal(0, _budget.Taken);
    }

    async Task<long> TakenAfter(Task<ThoughtLease> granted)
    {
        await granted;
        return _budget.Taken;
    }
}
