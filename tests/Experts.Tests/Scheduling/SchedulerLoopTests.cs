using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Memory;
using Orchestrator.Experts.Scheduling;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Experts.Tests.Scheduling;

public sealed class SchedulerLoopTests
{
    /// <summary>Only there to end a test that fails.</summary>
    static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Acquire_TwoRequestsForOneColdExpert_LoadsOnce()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader { Manual = true }, ("a", 100));
        var first = bench.AcquireAsync("a");
        var second = bench.AcquireAsync("a");
        await bench.Loader.StartedAsync("a");
        Assert.Equal(Residency.Loading, (await bench.SnapshotAsync("a")).Residency);
        bench.Loader.Complete("a");

        await using var one = await first;
        await using var two = await second;
        Assert.Same(one.Model, two.Model);
        Assert.Equal(["load a", "loaded a"], bench.Loader.Events);
        Assert.Equal(2, (await bench.SnapshotAsync("a")).ActiveRequests);
    }

    [Fact]
    public async Task Release_CountedBeforeItReturns()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader(), ("a", 100));
        var lease = await bench.AcquireAsync("a");
        Assert.Equal(1, bench.Now("a").ActiveRequests);
        await lease.DisposeAsync();
        await lease.DisposeAsync();

        Assert.Equal(0, bench.Now("a").ActiveRequests);
        Assert.Equal((Residency.Resident, 100), (bench.Now("a").Residency, bench.Now("a").ResidentBytes));
    }

    [Fact]
    public async Task Acquire_UnderPressure_EvictsTheLongestUnused()
    {
        await using var bench = new SchedulerBench(200, new FakeModelLoader(), ("a", 100), ("b", 100), ("c", 100));
        foreach (var id in new[] { "a", "b", "a", "c" })
        {
            await (await bench.AcquireAsync(id)).DisposeAsync();
            bench.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Residency.Cold, (await bench.SnapshotAsync("b")).Residency);
        Assert.Equal(Residency.Resident, (await bench.SnapshotAsync("a")).Residency);
        Assert.Equal(200, bench.Loader.PeakBytes);
    }

    [Fact]
    public async Task Acquire_BatchThatIsDoneWithOneExpert_GetsTheNextAtOnce()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader { Manual = true }, ("a", 100), ("b", 100));
        var first = bench.AcquireAsync("a", RequestClass.Batch);
        await bench.Loader.StartedAsync("a");
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        bench.Loader.Complete("a");
        await (await first).DisposeAsync();
        for (var i = 0; i < 100; i++)
            await (await bench.AcquireAsync("a", RequestClass.Batch)).DisposeAsync();

        var next = bench.AcquireAsync("b", RequestClass.Batch);

        await bench.Loader.StartedAsync("b").WaitAsync(Long);
        bench.Loader.Complete("b");
        await (await next).DisposeAsync();
    }

    [Fact]
    public async Task Acquire_RoomHeldByARunningRequest_WaitsForItsEnd()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader(), ("a", 100), ("b", 100));
        var running = await bench.AcquireAsync("a");
        var waiting = bench.AcquireAsync("b");
        Assert.Equal(Residency.Draining, (await bench.SnapshotAsync("a")).Residency);
        var late = bench.AcquireAsync("a");
        await bench.SnapshotAsync("a");
        Assert.False(waiting.IsCompleted || late.IsCompleted);

        await running.DisposeAsync();
        await (await waiting).DisposeAsync();
        await (await late).DisposeAsync();
        Assert.Equal(
            ["load a", "loaded a", "unloaded a", "load b", "loaded b", "unloaded b", "load a", "loaded a"], bench.Loader.Events);
    }

    [Fact]
    public async Task Acquire_AlternatingRequestsWithRoomForOne_LoadsEachOnce()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader { Manual = true }, ("a", 100), ("b", 100));
        var requests = Enumerable.Range(0, 20).Select(async i =>
        {
            await using var lease = await bench.AcquireAsync(i % 2 == 0 ? "a" : "b");
            await Task.Yield();
        }).ToArray();
        bench.Loader.Complete("a");
        bench.Loader.Complete("b");

        await Task.WhenAll(requests);
        Assert.Equal(["load a", "loaded a", "unloaded a", "load b", "loaded b"], bench.Loader.Events);
    }

    [Fact]
    public async Task Acquire_ClientGoneWhileWaitingForRoom_ReopensTheDrainingExpert()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader(), ("a", 100), ("b", 100));
        await using var running = await bench.AcquireAsync("a");
        using var client = new CancellationTokenSource();
        var waiting = bench.AcquireAsync("b", client.Token);
        Assert.Equal(Residency.Draining, (await bench.SnapshotAsync("a")).Residency);
        var behind = bench.AcquireAsync("a");
        await bench.SnapshotAsync("a");
        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await using var granted = await behind;
        Assert.Equal((Residency.Resident, 2), ((await bench.SnapshotAsync("a")).Residency, (await bench.SnapshotAsync("a")).ActiveRequests));
        Assert.DoesNotContain("load b", bench.Loader.Events);
    }

    [Fact]
    public async Task Acquire_ClientGoneWhileLoading_LoadEndsIdleAndCanBeEvicted()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader { Manual = true }, ("a", 100), ("b", 100));
        using var client = new CancellationTokenSource();
        var gone = bench.AcquireAsync("a", client.Token);
        await bench.Loader.StartedAsync("a");
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);

        var next = bench.AcquireAsync("b");
        bench.Loader.Complete("a");
        bench.Loader.Complete("b");
        await using var lease = await next;
        Assert.Equal((Residency.Cold, 0), ((await bench.SnapshotAsync("a")).Residency, (await bench.SnapshotAsync("a")).ActiveRequests));
        Assert.Equal(100, bench.Loader.PeakBytes);
    }

    [Fact]
    public async Task Acquire_AlreadyCancelled_LoadsNothing()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader(), ("a", 100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.AcquireAsync("a", new CancellationToken(canceled: true)));

        Assert.Equal(Residency.Cold, (await bench.SnapshotAsync("a")).Residency);
        Assert.Empty(bench.Loader.Events);
    }

    [Fact]
    public async Task Acquire_LoadFails_TellsEveryWaiterAndTriesAgainAfterThePause()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader { Manual = true }, ("a", 100));
        var (first, second) = (bench.AcquireAsync("a"), bench.AcquireAsync("a"));
        await bench.Loader.StartedAsync("a");
        // Both must wait on the load that fails, not on the one after it.
        await bench.SnapshotAsync("a");
        bench.Loader.Fail("a", new IOException("disk on fire"));

        foreach (var waiter in new[] { first, second })
        {
            var error = await Assert.ThrowsAsync<ExpertException>(() => waiter);
            Assert.Equal((ExpertFailure.LoadFailed, "a"), (error.Failure, error.Expert));
            Assert.Contains("disk on fire", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(Residency.Failed, bench.Now("a").Residency);
        var early = await Assert.ThrowsAsync<ExpertException>(() => bench.AcquireAsync("a"));
        Assert.Equal((ExpertFailure.LoadFailed, TimeSpan.FromSeconds(1)), (early.Failure, early.RetryAfter));
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        bench.Loader.Complete("a");
        await using var lease = await bench.AcquireAsync("a");
        Assert.Equal((1, null), ((await bench.SnapshotAsync("a")).ActiveRequests, bench.Now("a").Reason));
    }

    [Fact]
    public async Task Acquire_LargerThanTheBudget_IsRefusedAtOnce()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader(), ("a", 100), ("huge", 101));
        await using var running = await bench.AcquireAsync("a");

        var error = await Assert.ThrowsAsync<ExpertException>(() => bench.AcquireAsync("huge"));
        Assert.Equal(ExpertFailure.TooLargeForBudget, error.Failure);
        Assert.Contains("101 bytes", error.Message, StringComparison.Ordinal);
        Assert.Equal(Residency.Resident, (await bench.SnapshotAsync("a")).Residency);
    }

    [Fact]
    public async Task Acquire_LoadTakesMoreThanTheWholeBudget_IsUnloadedAndRefused()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader { SizeOf = _ => 150 }, ("a", 80));

        var error = await Assert.ThrowsAsync<ExpertException>(() => bench.AcquireAsync("a"));
        Assert.Equal(ExpertFailure.TooLargeForBudget, error.Failure);
        Assert.Equal(0, bench.Loader.HeldBytes);
    }

    [Fact]
    public async Task ReportBroken_WhileAnotherRequestRuns_LoadsAfreshAfterItsEnd()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader(), ("a", 100));
        var (first, second) = (await bench.AcquireAsync("a"), await bench.AcquireAsync("a"));
        first.ReportBroken();
        await first.DisposeAsync();
        Assert.Equal(Residency.Draining, (await bench.SnapshotAsync("a")).Residency);
        var next = bench.AcquireAsync("a");
        second.ReportBroken();
        await second.DisposeAsync();

        await using var afresh = await next;
        Assert.NotSame(first.Model, afresh.Model);
        first.ReportBroken();
        Assert.Equal((Residency.Resident, 1), ((await bench.SnapshotAsync("a")).Residency, (await bench.SnapshotAsync("a")).ActiveRequests));
        Assert.Equal(["load a", "loaded a", "unloaded a", "load a", "loaded a"], bench.Loader.Events);
    }

    [Fact]
    public async Task Published_FitsBudget_FollowsTheEstimateThenWhatTheLoadTook()
    {
        await using var bench = new SchedulerBench(
            100, new FakeModelLoader { SizeOf = id => id == "grows" ? 101 : 100 }, ("exact", 100), ("grows", 80), ("huge", 101));
        Assert.Equal([true, true, false], Fit(bench));
        await Assert.ThrowsAsync<ExpertException>(() => bench.AcquireAsync("grows"));

        Assert.Equal([true, false, false], Fit(bench));

        static bool[] Fit(SchedulerBench bench) => [.. new[] { "exact", "grows", "huge" }.Select(id => bench.Now(id).FitsBudget)];
    }

    [Fact]
    public async Task Dispose_WithRunningWaitingAndLoading_EndsAll()
    {
        var bench = new SchedulerBench(200, new FakeModelLoader { Manual = true }, ("a", 100), ("b", 100), ("c", 100));
        bench.Loader.Complete("a");
        var running = await bench.AcquireAsync("a");
        var loading = bench.AcquireAsync("b");
        await bench.Loader.StartedAsync("b");
        var waiting = bench.AcquireAsync("c");

        await bench.DisposeAsync();
        foreach (var refused in new[] { loading, waiting, bench.AcquireAsync("a") })
            Assert.Equal(ExpertFailure.Unavailable, (await Assert.ThrowsAsync<ExpertException>(() => refused)).Failure);
        await running.DisposeAsync();
        Assert.Equal(0, bench.Loader.HeldBytes);
        Assert.Equal(["load a", "loaded a", "load b", "unloaded a"], bench.Loader.Events);
    }

    [Fact]
    public async Task Loop_EndsByABug_FailsEveryWaiterInsteadOfLeavingIt()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader { Manual = true }, ("a", 100), ("b", 100));
        var loading = bench.AcquireAsync("a");
        var waiting = bench.AcquireAsync("b");
        await bench.Loader.StartedAsync("a");
        bench.Loader.CompleteBroken("a");

        foreach (var refused in new[] { loading, waiting })
            Assert.Equal(ExpertFailure.Unavailable, (await Assert.ThrowsAsync<ExpertException>(() => refused)).Failure);
        Assert.Equal(ExpertFailure.Unavailable, (await Assert.ThrowsAsync<ExpertException>(() => bench.AcquireAsync("a"))).Failure);
    }

    [Fact]
    public async Task Loop_EndsByABugAfterItTookAWaiterOut_RefusesItToo()
    {
        var loader = new FakeModelLoader { Manual = true };
        await using var bench = new SchedulerBench(200, loader, ("a", 100), ("b", 100));
        loader.Complete("a");
        await (await bench.AcquireAsync("a")).DisposeAsync();
        var waiting = bench.AcquireAsync("b");
        await loader.StartedAsync("b");
        // Both experts leave at once: the waiter is refused, and then the unload of the other meets the bug.
        loader.Activity = _ => throw new InvalidOperationException("a bug");
        await bench.Loop.ConfigureAsync([], new MemoryBudgets(200, 0, 0));

        await Assert.ThrowsAsync<ExpertException>(() => waiting.WaitAsync(Long, TimeProvider.System));
        Assert.NotNull(bench.Loop.Fault);
    }

    [Fact]
    public async Task Pulse_HandlingAMessageMeetsABug_CompletesAllTheSame()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader { Manual = true }, ("a", 100));
        var waiting = bench.AcquireAsync("a");
        await bench.Loader.StartedAsync("a");
        Assert.Null(bench.Loop.Fault);
        // The scheduler was never told of this one.
        var unknown = SchedulerBench.Expert(new ExpertConfig { Id = "lost", File = "lost" }, 100);
        var lost = bench.Loop.AcquireAsync(unknown.Exact, RequestClass.Interactive, default);
        var pulse = bench.Loop.PulseAsync();

        foreach (var refused in new[] { lost, waiting })
            await Assert.ThrowsAsync<ExpertException>(() => refused.WaitAsync(Long, TimeProvider.System));
        await pulse.WaitAsync(Long, TimeProvider.System);
    }

    [Fact]
    public async Task Dispose_UnloadHangs_GoesOnAfterItsPatience()
    {
        var hang = new TaskCompletionSource();
        var bench = new SchedulerBench(100, new FakeModelLoader { Unloading = _ => hang.Task }, ("a", 100));
        await bench.Time.NextTimerAsync();
        await (await bench.AcquireAsync("a")).DisposeAsync();
        var disposed = bench.DisposeAsync().AsTask();
        await bench.Time.NextTimerAsync().WaitAsync(Long, TimeProvider.System);
        bench.Time.Advance(SchedulerLoop.StopPatience - TimeSpan.FromSeconds(1));
        Assert.False(disposed.IsCompleted);

        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await disposed.WaitAsync(Long, TimeProvider.System);
        Assert.Null(bench.Loop.Fault);
        hang.SetResult();
    }

    /// <summary>First loads may take up to twice the estimate: then the overrun ends by itself, and nobody is forgotten.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task RandomTrace_EstimatesTooLow_EveryRequestIsAnsweredAndTheBudgetHoldsAtTheEnd(int seed)
    {
        const long Budget = 300;
        var sizes = Enumerable.Range(0, 8).ToDictionary(i => $"e{i}", i => 60L + (i * 37 % 200));
        var loader = new FakeModelLoader { SizeOf = id => sizes[id] };
        await using var bench = new SchedulerBench(Budget, loader, [.. sizes.Select(s => (s.Key, s.Value / 2))]);

        var outcomes = await RunAsync(bench, new Random(seed), requests: 200);

        Assert.All(outcomes, o => Assert.Contains(o, new[] { "answered", "left" }));
        await bench.SnapshotAsync("e0");
        Assert.True(bench.All.Where(s => s.Residency == Residency.Resident).Sum(s => sizes[s.Id]) <= Budget);
    }

    /// <summary>
    /// Whatever the order of arrivals, ends, failures and clients leaving: the budget holds, nobody waits for ever and
    /// everybody gets exactly one reply. Loads take what was estimated, as they do after a first load.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task RandomTrace_BudgetHoldsAndEveryRequestIsAnswered(int seed)
    {
        const long Budget = 300;
        var sizes = Enumerable.Range(0, 8).ToDictionary(i => $"e{i}", i => 30L + (i * 37 % 200));
        var loader = new FakeModelLoader { SizeOf = id => sizes[id], FailEvery = 7 };
        await using var bench = new SchedulerBench(Budget, loader, [.. sizes.Select(s => (s.Key, s.Value))]);

        var outcomes = await RunAsync(bench, new Random(seed), requests: 400);

        Assert.True(loader.PeakBytes <= Budget, $"{loader.PeakBytes} bytes were held");
        Assert.All(outcomes, o => Assert.Contains(o, new[] { "answered", "left", "LoadFailed" }));
        Assert.True(outcomes.Count(o => o == "answered") > 100, string.Join(' ', outcomes));
        await bench.SnapshotAsync("e0");
        Assert.All(bench.All, s => Assert.Equal(0, s.ActiveRequests));
    }

    /// <summary>Requests for random experts, of random length; every fifth client leaves.</summary>
    static Task<string[]> RunAsync(SchedulerBench bench, Random random, int requests) =>
        Task.WhenAll(Enumerable.Range(0, requests).Select(async i =>
        {
            var (id, turns, leaves) = ($"e{random.Next(8)}", random.Next(6), random.Next(5) == 0);
            using var client = new CancellationTokenSource();
            var acquiring = bench.AcquireAsync(id, client.Token);
            if (leaves)
                await client.CancelAsync();
            try
            {
                await using var lease = await acquiring;
                for (var t = 0; t < turns; t++)
                    await Task.Yield();
                Assert.Equal(bench.Loader.SizeOf(id), lease.Model.ResidentBytes);
                return "answered";
            }
            catch (OperationCanceledException)
            {
                return "left";
            }
            catch (ExpertException e)
            {
                return e.Failure.ToString();
            }
        }));
}
