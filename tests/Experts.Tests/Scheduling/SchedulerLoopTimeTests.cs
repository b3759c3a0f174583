using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Memory;
using Orchestrator.Experts.Scheduling;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Experts.Tests.Scheduling;

/// <summary>What happens only because time passes, and what a reload of the configuration shows.</summary>
public sealed class SchedulerLoopTimeTests
{
    /// <summary>The clock moves by 5 ms whenever it is read, as on a machine that gives the loop no processor.</summary>
    [Fact]
    public async Task Wake_ClockPassesTheMomentMeanwhile_TheLoopGoesOn()
    {
        var loader = new FakeModelLoader { FailEvery = 1 };
        await using var loop = new SchedulerLoop(
            new SchedulerConfig { LoadBackoff = TimeSpan.FromMilliseconds(10) }, new MemoryBudgets(100, 0, 0),
            [SchedulerBench.Expert(new ExpertConfig { Id = "a", File = "a" }, 50)], loader, new LinuxMemory(), new HurriedTime(),
            NullLogger.Instance);
        var expert = loop.Published.Experts.Keys.Single();
        for (var i = 0; i < 20; i++)
        {
            var error = await Assert.ThrowsAsync<ExpertException>(
                () => loop.AcquireAsync(expert.Exact, RequestClass.Interactive, CancellationToken.None));
            Assert.Equal(ExpertFailure.LoadFailed, error.Failure);
        }
    }

    [Theory]
    [InlineData(5, 3, 2)]
    [InlineData(3, 5, 0)]
    [InlineData(200_000, 0, 86_400)]
    public void Due_AnyMoment_IsWhatATimerTakes(int at, int now, int due) =>
        Assert.Equal(TimeSpan.FromSeconds(due), SchedulerLoop.Due(TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(now)));

    [Fact]
    public async Task WakeAt_RequestBecomesOverdue_SwapsWithoutAnyOtherMessage()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader(), ("a", 100), ("b", 100));
        var running = new List<IAsyncDisposable>();
        for (var i = 0; i < 8; i++)
            running.Add(await bench.AcquireAsync("a"));
        // One waits for "a" at every moment, so that its group counts as begun; the last of them came after "b".
        var first = bench.AcquireAsync("a");
        await bench.SnapshotAsync("a");
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        var waiting = bench.AcquireAsync("b");
        await bench.SnapshotAsync("b");
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        var behind = bench.AcquireAsync("a");
        await bench.SnapshotAsync("a");
        await running[0].DisposeAsync();
        running.Add(await first);
        Assert.Equal(Residency.Resident, (await bench.SnapshotAsync("a")).Residency);

        bench.Time.Advance(new SchedulerConfig().MaxWait - TimeSpan.FromSeconds(1));
        await UntilAsync(() => bench.Now("a").Residency == Residency.Draining);
        foreach (var lease in running)
            await lease.DisposeAsync();
        await (await waiting).DisposeAsync();
        await (await behind).DisposeAsync();
    }

    /// <summary>A timer takes at most a day: the same time to wake at has to arm it again.</summary>
    [Fact]
    public async Task WakeAt_LaterThanATimerReaches_IsKept()
    {
        var idle = new ExpertConfig { Id = "a", File = "a", IdleUnload = TimeSpan.FromDays(3) };
        await using var bench = new SchedulerBench(100, new FakeModelLoader(), new SchedulerConfig(), SchedulerBench.Expert(idle, 100));
        await (await bench.AcquireAsync("a")).DisposeAsync();
        for (var day = 0; day < 2; day++)
        {
            Assert.Equal(Residency.Resident, (await bench.SnapshotAsync("a")).Residency);
            bench.Time.Advance(TimeSpan.FromDays(1));
            await bench.SnapshotAsync("a");
        }

        // From here on only the timer tells the loop that time has passed.
        bench.Time.Advance(TimeSpan.FromDays(1));
        await UntilAsync(() => bench.Loader.Events.Contains("unloaded a"));
    }

    [Fact]
    public async Task Configure_ColdExpertReplaced_OnlyItsSuccessorIsPublished()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader(), ("a", 100));
        var successor = SchedulerBench.Expert(new ExpertConfig { Id = "a", File = "a" }, 50);
        var fence = SchedulerBench.Expert(new ExpertConfig { Id = "fence", File = "fence" }, 50);
        await bench.Loop.ConfigureAsync([successor, fence], new MemoryBudgets(100, 0, 0));

        Assert.Equal([successor, fence], bench.Loop.Published.Experts.Keys.OrderBy(e => e.Id, StringComparer.Ordinal));
    }

    /// <summary>Waits for the loop alone: no message is sent to it. The limit is only there to end a test that fails.</summary>
    static async Task UntilAsync(Func<bool> condition)
    {
        for (var turns = 0; !condition(); turns++)
        {
            Assert.True(turns < 2000, "it does not happen");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    sealed class HurriedTime : TimeProvider
    {
        long _reads;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => 5 * Interlocked.Increment(ref _reads);
    }
}
