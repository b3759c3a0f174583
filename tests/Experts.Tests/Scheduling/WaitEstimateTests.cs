using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Memory;
using Orchestrator.Experts.Scheduling;

namespace Orchestrator.Experts.Tests.Scheduling;

public sealed class WaitEstimateTests
{
    static readonly WaitEstimate Cold = new(Queue: 1, Load: 4, NoRoom: 0.5, MemoryAccount.Gpu, Bytes: 100, Progress: null);

    [Fact]
    public void Seconds_RoomInItsAccount_IsQueueAndLoad() => Assert.Equal(5, Cold.Seconds(new MemoryBudgets(0, 100, 0), 0));

    [Fact]
    public void Seconds_RoomOnlyInAnotherAccount_AddsTheWaitForRoom() => Assert.Equal(5.5, Cold.Seconds(new MemoryBudgets(100, 99, 100), 0));

    [Fact]
    public void Seconds_OthersWaitForLoads_AColdSlotComesAfterThem() =>
        Assert.Equal(8, Cold.Seconds(new MemoryBudgets(0, 100, 0), before: 3));

    [Fact]
    public void Seconds_LoadGoesOn_CountsWhatIsLeft()
    {
        var progress = new LoadShare();
        var loading = Cold with { NoRoom = 0, Progress = progress };
        progress.Report(0.75f);

        Assert.Equal(2, loading.Seconds(default, before: 9));
    }
}
