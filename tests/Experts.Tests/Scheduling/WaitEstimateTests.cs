using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Memory;
using Orchestrator.Experts.Scheduling;

namespace Orchestrator.Experts.Tests.Scheduling;

public sealed class WaitEstimateTests
{
    static readonly GuessedPace Pace = new(BytesPerSecond: 50, ServiceSeconds: 3);

    static readonly WaitEstimate Cold =
        new(Turns: 1, SlotPhase.Cold, Service: 1, Load: 4, MemoryAccount.Gpu, Bytes: 100, new LoadShare());

    [Fact]
    public void Seconds_RoomInItsAccount_IsQueueAndLoad() => Assert.Equal(5, Cold.Seconds(new MemoryBudgets(0, 100, 0), 0, Pace));

    [Fact]
    public void Seconds_RoomOnlyInAnotherAccount_AddsTheWaitForRoom() =>
        Assert.Equal(5.5, Cold.Seconds(new MemoryBudgets(100, 99, 100), 0, Pace));

    [Fact]
    public void Seconds_OthersWaitForLoads_AColdSlotComesAfterThem() =>
        Assert.Equal(8, Cold.Seconds(new MemoryBudgets(0, 100, 0), before: 3, Pace));

    [Fact]
    public void Seconds_NothingMeasured_FollowsThePaceOfTheOthers() =>
        Assert.Equal(3 + 2, (Cold with { Service = null, Load = null }).Seconds(new MemoryBudgets(0, 100, 0), 0, Pace));

    [Fact]
    public void Seconds_LoadGoesOn_CountsWhatIsLeft()
    {
        var loading = Cold with { Turns = 0, Phase = SlotPhase.Loading };
        loading.Progress.Report(0.75f);

        Assert.Equal(1, loading.Seconds(default, before: 9, Pace));
    }

    [Fact]
    public void Seconds_Resident_IsTheQueueAlone() =>
        Assert.Equal(1, (Cold with { Phase = SlotPhase.Resident }).Seconds(default, before: 9, Pace));
}
