namespace Orchestrator.LlamaCpp.Tests;

public sealed class ThreadBudgetTests
{
    [Fact]
    public void Acquire_Free_CountsInUse()
    {
        var budget = new ThreadBudget(3);

        using (budget.Acquire(2))
            Assert.Equal(2, budget.InUse);

        Assert.Equal(0, budget.InUse);
    }

    [Fact]
    public void Dispose_Twice_ReturnsTheThreadsOnce()
    {
        var budget = new ThreadBudget(3);
        using var other = budget.Acquire(1);
        var lease = budget.Acquire(2);

        lease.Dispose();
        lease.Dispose();

        Assert.Equal(1, budget.InUse);
    }

    [Fact]
    public void Acquire_AboveTheLimit_IsCutToIt()
    {
        var budget = new ThreadBudget(2);

        using var lease = budget.Acquire(8);

        Assert.Equal((2, 2), (lease.Threads, budget.InUse));
    }

    [Fact]
    public async Task Acquire_NothingFree_WaitsItsTurn()
    {
        var budget = new ThreadBudget(2);
        var order = new List<string>();
        var held = budget.Acquire(1);
        var wide = Waiter(budget, 2, "wide", order);
        await WaitingAsync(budget, 1);
        // One thread is free, but the one that came first wants two.
        var narrow = Waiter(budget, 1, "narrow", order);
        await WaitingAsync(budget, 2);
        Assert.Empty(order);

        held.Dispose();
        await Task.WhenAll(wide, narrow);

        Assert.Equal(["wide", "narrow"], order);
        Assert.Equal(0, budget.InUse);
    }

    [Fact]
    public async Task Acquire_ManyLoops_NeverExceedTheLimit()
    {
        const int Limit = 3;
        var budget = new ThreadBudget(Limit);
        var running = 0;
        var most = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(loop => Task.Factory.StartNew(
            () =>
            {
                for (var step = 0; step < 200; step++)
                {
                    using var lease = budget.Acquire(1 + ((loop + step) % 2));
                    var now = Interlocked.Add(ref running, lease.Threads);
                    InterlockedMax(ref most, now);
                    Thread.Yield();
                    Interlocked.Add(ref running, -lease.Threads);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.InRange(most, 1, Limit);
        Assert.Equal(0, budget.InUse);
    }

    static Task Waiter(ThreadBudget budget, int threads, string name, List<string> order) => Task.Factory.StartNew(
        () =>
        {
            using var lease = budget.Acquire(threads);
            lock (order)
                order.Add(name);
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    static async Task WaitingAsync(ThreadBudget budget, int count)
    {
        while (budget.Waiting < count)
            await Task.Yield();
    }

    static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
            continue;
    }
}
