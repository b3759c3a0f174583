using Orchestrator.TestKit.Experts;

namespace Orchestrator.Experts.Tests.Scheduling;

/// <summary>Requests that must not wait, load or evict.</summary>
public sealed class ResidentOnlyTests
{
    [Fact]
    public async Task AcquireAsync_ColdExpert_IsRefusedAndNothingIsLoaded()
    {
        var loader = new FakeModelLoader();
        await using var bench = new SchedulerBench(100, loader, ("a", 100), ("b", 100));
        await (await bench.AcquireAsync("a")).DisposeAsync();

        var failure = await Assert.ThrowsAsync<ExpertException>(() => bench.AcquireResidentAsync("b"));

        Assert.Equal((ExpertFailure.Unavailable, "b"), (failure.Failure, failure.Expert));
        Assert.Equal(["load a", "loaded a"], loader.Events);
        Assert.Equal(0, (await bench.SnapshotAsync("b")).WaitingRequests);
    }

    [Fact]
    public async Task AcquireAsync_ResidentExpert_GetsIt()
    {
        await using var bench = new SchedulerBench(100, new FakeModelLoader(), ("a", 100));
        await (await bench.AcquireAsync("a")).DisposeAsync();

        await using var lease = await bench.AcquireResidentAsync("a");

        Assert.Equal(1, (await bench.SnapshotAsync("a")).ActiveRequests);
    }

    [Fact]
    public async Task AcquireAsync_ResidentButFull_IsRefused()
    {
        await using var bench = new SchedulerBench(
            100, new FakeModelLoader(), new(), SchedulerBench.Expert(new() { Id = "a", File = "a", MaxSequences = 1 }, 100));
        await using var lease = await bench.AcquireAsync("a");

        await Assert.ThrowsAsync<ExpertException>(() => bench.AcquireResidentAsync("a"));

        Assert.Equal(0, (await bench.SnapshotAsync("a")).WaitingRequests);
    }
}
