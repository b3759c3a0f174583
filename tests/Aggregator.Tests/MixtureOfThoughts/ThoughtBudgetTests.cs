using Orchestrator.Aggregator.MixtureOfThoughts;
using Orchestrator.Experts;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts;

public sealed class ThoughtBudgetTests
{
    const RequestClass Interactive = RequestClass.Interactive;
    const RequestClass Batch = RequestClass.Batch;

    readonly ManualTime _time = new();
    readonly ThoughtBudget _budget;

    public ThoughtBudgetTests() => _budget = new ThoughtBudget(100, _time) { BatchMaxWait = TimeSpan.FromMinutes(30) };

    [Fact]
    public async Task TakeAsync_NoRoom_WaitsUntilEnoughIsGivenBack()
    {
        ThoughtLease? first = await _budget.TakeAsync(70, Interactive, default);
        Task<ThoughtLease?> second = _budget.TakeAsync(60, Interactive, default);
        Assert.False(second.IsCompleted);

        first!.Shrink(40);

        Assert.Equal(100, await TakenAfter(second));
        await first!.DisposeAsync();
        await (await second)!.DisposeAsync();
        Assert.Equal(0, _budget.Taken);
    }

    [Fact]
    public async Task TakeAsync_LargeOneWaits_SmallOnesDoNotPassIt()
    {
        await using ThoughtLease? first = await _budget.TakeAsync(50, Interactive, default);
        using var impatient = new CancellationTokenSource();
        Task<ThoughtLease?> large = _budget.TakeAsync(90, Interactive, impatient.Token);
        Task<ThoughtLease?> small = _budget.TakeAsync(10, Interactive, default);
        Assert.False(small.IsCompleted);

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        Assert.Equal(60, await TakenAfter(small));
    }

    [Fact]
    public async Task TakeAsync_MoreThanThereIs_IsRefused()
    {
        Assert.Null(await _budget.TakeAsync(101, Interactive, default));
        Assert.Equal(0, _budget.Taken);
    }

    [Fact]
    public async Task TakeAsync_BatchCameFirst_InteractiveIsServedBeforeIt()
    {
        ThoughtLease? held = await _budget.TakeAsync(100, Batch, default);
        Task<ThoughtLease?>[] waiting = Wait(Batch, Batch, Interactive, Interactive);

        List<int> order = await OrderAsync(held!, waiting);

        Assert.Equal([2, 3, 0, 1], order);
    }

    [Fact]
    public async Task TakeAsync_BatchIsOverdue_InteractiveNoLongerPassesIt()
    {
        ThoughtLease? held = await _budget.TakeAsync(100, Interactive, default);
        Task<ThoughtLease?> batch = _budget.TakeAsync(100, Batch, default);
        _time.Advance(TimeSpan.FromMinutes(30));
        Task<ThoughtLease?>[] later = Wait(Interactive, Batch);

        List<int> order = await OrderAsync(held!, [batch, .. later]);

        Assert.Equal([0, 1, 2], order);
    }

    [Fact]
    public async Task TakeAsync_InteractiveFindsNoRoom_SmallerBatchWorkDoesNotPassIt()
    {
        await using ThoughtLease? held = await _budget.TakeAsync(50, Interactive, default);
        Task<ThoughtLease?> large = _budget.TakeAsync(90, Interactive, default);

        Task<ThoughtLease?> small = _budget.TakeAsync(10, Batch, default);

        Assert.False(small.IsCompleted || large.IsCompleted);
    }

    [Fact]
    public async Task Resize_Less_WhatIsTakenCountsUntilItIsGivenBack()
    {
        ThoughtLease? old = await _budget.TakeAsync(80, Interactive, default);

        _budget.Resize(60);
        Task<ThoughtLease?> waiting = _budget.TakeAsync(10, Interactive, default);

        Assert.Equal((60, 80, false), (_budget.Bytes, _budget.Taken, waiting.IsCompleted));
        await old!.DisposeAsync();
        Assert.Equal(10, await TakenAfter(waiting));
    }

    [Fact]
    public async Task Resize_LessThanSomebodyWaitsFor_IsRefusedAndNobodyWaitsBehindIt()
    {
        ThoughtLease? old = await _budget.TakeAsync(20, Interactive, default);
        Task<ThoughtLease?> large = _budget.TakeAsync(90, Interactive, default);
        Task<ThoughtLease?> small = _budget.TakeAsync(10, Interactive, default);

        _budget.Resize(50);

        Assert.Null(await large);
        Assert.Equal(30, await TakenAfter(small));
        await old!.DisposeAsync();
    }

    [Fact]
    public async Task Resize_More_LetsThoseInThatWait()
    {
        await using ThoughtLease? old = await _budget.TakeAsync(80, Interactive, default);
        Task<ThoughtLease?> waiting = _budget.TakeAsync(40, Interactive, default);

        _budget.Resize(120);

        Assert.Equal(120, await TakenAfter(waiting));
    }

    [Fact]
    public async Task DisposeAsync_Twice_GivesBackOnce()
    {
        ThoughtLease? lease = await _budget.TakeAsync(30, Interactive, default);

        await lease!.DisposeAsync();
        await lease!.DisposeAsync();

        Assert.Equal(0, _budget.Taken);
    }

    Task<ThoughtLease?>[] Wait(params RequestClass[] classes) =>
        [.. classes.Select(requestClass => _budget.TakeAsync(100, requestClass, default))];

    /// <summary>Each wants everything: one at a time is served.</summary>
    static async Task<List<int>> OrderAsync(ThoughtLease held, Task<ThoughtLease?>[] waiting)
    {
        List<int> order = [];
        while (order.Count < waiting.Length)
        {
            await held.DisposeAsync();
            Task<ThoughtLease?> next = await Task.WhenAny(waiting.Where((_, place) => !order.Contains(place)));
            order.Add(Array.IndexOf(waiting, next));
            held = (await next)!;
        }

        return order;
    }

    async Task<long> TakenAfter(Task<ThoughtLease?> granted)
    {
        await granted;
        return _budget.Taken;
    }
}
