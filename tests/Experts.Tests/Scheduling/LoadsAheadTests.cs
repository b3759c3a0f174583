using Orchestrator.TestKit.Experts;

namespace Orchestrator.Experts.Tests.Scheduling;

/// <summary>Loads take 1 s for 1 GB here, and each reports that it is half done.</summary>
public sealed class LoadsAheadTests
{
    const long Gigabyte = 1_000_000_000;

    [Fact]
    public async Task Wait_AnotherExpertLoads_ComesOnTopOfTheOwnLoad()
    {
        await using var bench = new SchedulerBench(
            100 * Gigabyte, new FakeModelLoader { Manual = true }, ("a", 4 * Gigabyte), ("b", 1 * Gigabyte));
        var before = await bench.SnapshotAsync("b");
        var waiting = bench.AcquireAsync("a");
        await bench.Loader.StartedAsync("a");
        var (a, b) = (await bench.SnapshotAsync("a"), await bench.SnapshotAsync("b"));
        bench.Loader.Complete("a");
        await (await waiting).DisposeAsync();
        var after = await bench.SnapshotAsync("b");

        Assert.Equal(TimeSpan.FromSeconds(1), before.ExpectedWait);
        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)), (a.ExpectedWait, b.ExpectedWait));
        // The clock stood still: loads take no time at all on this machine.
        Assert.Equal(TimeSpan.FromSeconds(1), after.ExpectedWait);
    }
}
