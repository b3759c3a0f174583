using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Scheduling;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Experts.Tests.Scheduling;

public sealed class WatchdogTests
{
    static readonly SchedulerConfig Options = new();

    [Fact]
    public async Task Look_BusyModelWithoutProgress_NotAliveUntilItMoves()
    {
        var progress = 1;
        var loader = new FakeModelLoader { Activity = _ => new ModelActivity(Volatile.Read(ref progress), Busy: true, 0, 0) };
        await using var bench = new SchedulerBench(100, loader, ("a", 100));
        await using var lease = await bench.AcquireAsync("a");
        await using var watchdog = await WatchAsync(bench);

        await PassAsync(bench, Options.StallTimeout - TimeSpan.FromSeconds(1));
        Assert.True(watchdog.Health.Alive);
        await PassAsync(bench, TimeSpan.FromSeconds(2));
        Assert.False(watchdog.Health.Alive);
        Assert.Contains("'a'", watchdog.Health.Reason, StringComparison.Ordinal);

        Interlocked.Increment(ref progress);
        await PassAsync(bench, TimeSpan.FromSeconds(1));
        Assert.True(watchdog.Health.Alive);
    }

    [Fact]
    public async Task Look_IdleModelWithoutProgress_StaysAlive()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader(), ("a", 100));
        await using var lease = await bench.AcquireAsync("a");
        await using var watchdog = await WatchAsync(bench);
        await PassAsync(bench, Options.StallReload * 2);

        Assert.True(watchdog.Health.Alive);
        Assert.Equal(["load a", "loaded a"], bench.Loader.Events);
    }

    [Fact]
    public async Task Look_StuckBeyondStallReload_IsAbandonedAndTheNextRequestGetsAFreshModel()
    {
        var busy = true;
        var loader = new FakeModelLoader { Activity = _ => new ModelActivity(1, Volatile.Read(ref busy), 0, 0) };
        await using var bench = new SchedulerBench(100, loader, ("a", 100));
        var stuck = await bench.AcquireAsync("a");
        await using var watchdog = await WatchAsync(bench);
        await PassAsync(bench, Options.StallReload + TimeSpan.FromSeconds(1));
        Assert.Single(loader.Events, e => e.StartsWith("abandoned a", StringComparison.Ordinal));

        // Its requests fail, and leave it.
        Volatile.Write(ref busy, false);
        var next = bench.AcquireAsync("a");
        await stuck.DisposeAsync();
        await using var fresh = await next;
        Assert.NotSame(stuck.Model, fresh.Model);
        await PassAsync(bench, TimeSpan.FromSeconds(1));
        Assert.True(watchdog.Health.Alive);
    }

    [Fact]
    public async Task Look_UnloadHangs_IsGivenUpAndTheExpertLoadsAgainBesideIt()
    {
        var hang = new TaskCompletionSource();
        var loader = new FakeModelLoader { Unloading = _ => hang.Task };
        await using var bench = new SchedulerBench(200, loader, ("a", 100));
        try
        {
            await using var watchdog = await WatchAsync(bench);
            var broken = await bench.AcquireAsync("a");
            broken.ReportBroken();
            await broken.DisposeAsync();
            var next = bench.AcquireAsync("a");
            await PassAsync(bench, Options.StallTimeout + TimeSpan.FromSeconds(1));
            Assert.False(watchdog.Health.Alive || next.IsCompleted);

            await PassAsync(bench, Options.StallReload);
            await using var fresh = await next;
            Assert.Equal(200, bench.Loop.Published.Held.Cpu);
            await PassAsync(bench, TimeSpan.FromSeconds(1));
            Assert.True(watchdog.Health.Alive);
        }
        finally
        {
            // Else the bench would wait for it for ever, if the test fails.
            hang.SetResult();
        }
    }

    [Fact]
    public async Task Look_LoadOfAVariantStandsStill_NotAliveUntilItEnds()
    {
        var loader = new FakeModelLoader { Manual = true };
        var expert = SchedulerBench.Expert(new ExpertConfig { Id = "a", File = "a" }, 200, ("q4", 100));
        await using var bench = new SchedulerBench(150, loader, Options, expert);
        await using var watchdog = await WatchAsync(bench);
        var waiting = bench.AcquireAsync("a");
        await loader.StartedAsync("a");
        await PassAsync(bench, Options.StallTimeout + TimeSpan.FromSeconds(1));
        Assert.Contains("the load of 'a (q4)'", watchdog.Health.Reason, StringComparison.Ordinal);

        loader.Complete("a");
        await (await waiting).DisposeAsync();
        await PassAsync(bench, TimeSpan.FromSeconds(1));
        Assert.True(watchdog.Health.Alive);
    }

    [Fact]
    public async Task Look_LoadsFailOneAfterTheOther_AreNotOneLoadThatStandsStill()
    {
        var loader = new FakeModelLoader { Manual = true };
        await using var bench = new SchedulerBench(
            100, loader, Options with { LoadBackoff = TimeSpan.FromMilliseconds(10) }, SchedulerBench.Expert(new ExpertConfig { Id = "a", File = "a" }, 100));
        await using var watchdog = await WatchAsync(bench);
        for (var i = 0; i < 4; i++)
        {
            // Between two looks one load ends and the next begins, with the same progress.
            var waiting = bench.AcquireAsync("a");
            await loader.StartedAsync("a");
            await PassAsync(bench, Options.StallTimeout / 2);
            loader.Fail("a", new IOException("told to fail"));
            await Assert.ThrowsAsync<ExpertException>(() => waiting);
            bench.Time.Advance(TimeSpan.FromSeconds(0.1));
            Assert.True(watchdog.Health.Alive, watchdog.Health.Reason);
        }
    }

    [Fact]
    public async Task Look_SameModelStuckInALaterLife_IsGivenUpAgain()
    {
        var loader = new ReusingLoader();
        await using var bench = new SchedulerBench(100, loader, Options, SchedulerBench.Expert(new ExpertConfig { Id = "a", File = "a" }, 100));
        await using var watchdog = await WatchAsync(bench);
        for (var life = 1; life <= 2; life++)
        {
            var stuck = await bench.AcquireAsync("a");
            loader.Busy = true;
            await PassAsync(bench, Options.StallReload + TimeSpan.FromSeconds(1));
            Assert.Equal(life, loader.Abandoned);

            loader.Busy = false;
            await stuck.DisposeAsync();
            // The unload runs on a thread of its own; only then is a look to see that the model is gone.
            for (var turns = 0; bench.Now("a").Residency != Residency.Cold; turns++)
            {
                Assert.True(turns < 2000, "it is not unloaded");
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            }

            await PassAsync(bench, TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task Look_LoopEndedByABug_IsNeverAliveAgain()
    {
        var loader = new FakeModelLoader { Manual = true };
        await using var bench = new SchedulerBench(100, loader, ("a", 100));
        await using var watchdog = await WatchAsync(bench);
        var waiting = bench.AcquireAsync("a");
        await loader.StartedAsync("a");
        loader.CompleteBroken("a");
        await Assert.ThrowsAsync<ExpertException>(() => waiting);

        foreach (var time in new[] { TimeSpan.FromSeconds(1), Options.StallReload })
        {
            await PassAsync(bench, time);
            Assert.StartsWith("the scheduler's loop ended by a bug", watchdog.Health.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Look_Throws_NotAliveUntilALookSucceedsAndDisposeIsQuiet()
    {
        var broken = true;
        var loader = new FakeModelLoader
        {
            Activity = _ => Volatile.Read(ref broken) ? throw new InvalidOperationException("a bug") : default,
        };
        await using var bench = new SchedulerBench(100, loader, ("a", 100));
        await using var watchdog = await WatchAsync(bench);
        await (await bench.AcquireAsync("a")).DisposeAsync();
        await PassAsync(bench, TimeSpan.FromSeconds(1)).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        Assert.Contains("the watchdog", watchdog.Health.Reason, StringComparison.Ordinal);

        Volatile.Write(ref broken, false);
        await PassAsync(bench, TimeSpan.FromSeconds(1));
        Assert.True(watchdog.Health.Alive);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Look_LoadThatReportsNothingBeforeOrAfterItReads_IsAliveUntilStallReload(float progress)
    {
        var loader = new FakeModelLoader { Manual = true, Progress = progress };
        await using var bench = new SchedulerBench(100, loader, ("a", 100));
        await using var watchdog = await WatchAsync(bench);
        var waiting = bench.AcquireAsync("a");
        await loader.StartedAsync("a");
        await PassAsync(bench, Options.StallReload - TimeSpan.FromSeconds(1));
        Assert.True(watchdog.Health.Alive, watchdog.Health.Reason);

        await PassAsync(bench, TimeSpan.FromSeconds(2));
        Assert.Contains("the load of 'a'", watchdog.Health.Reason, StringComparison.Ordinal);
        loader.Complete("a");
        await (await waiting).DisposeAsync();
    }

    /// <summary>Hands out the same model again and again.</summary>
    sealed class ReusingLoader : IModelLoader, IResidentModel
    {
        public volatile bool Busy;
        public volatile int Abandoned;

        public long ResidentBytes => 100;

        public long WeightBytes => 0;

        public ModelActivity Activity => new(1, Busy, 0, 0);

        public Task<IResidentModel> LoadAsync(ExpertConfig expert, IProgress<float> progress, CancellationToken cancellationToken) =>
            Task.FromResult<IResidentModel>(this);

        public IAsyncEnumerable<GenerationChunk> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("nobody asks it");

        public void Abandon(string reason) => Abandoned++;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>A watchdog that has looked once and waits to look again.</summary>
    static async Task<Watchdog> WatchAsync(SchedulerBench bench)
    {
        // The first timer is the loop's; then there is one for each look, made when the one before is over.
        await bench.Time.NextTimerAsync();
        var watchdog = new Watchdog(bench.Loop, Options, bench.Time, NullLogger.Instance);
        await bench.Time.NextTimerAsync();
        return watchdog;
    }

    /// <summary>Lets the watchdog look at every half second of that time, and the loop handle what it says.</summary>
    static async Task PassAsync(SchedulerBench bench, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(0.5))
        {
            bench.Time.Advance(TimeSpan.FromSeconds(0.5));
            await bench.Time.NextTimerAsync();
            await bench.Loop.PulseAsync();
        }
    }
}
