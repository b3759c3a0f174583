using Orchestrator.Jobs.Running;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Jobs.Tests.Running;

public sealed class LoadPatienceTests
{
    readonly ManualTime _time = new();

    [Fact]
    public void Failed_ForTooLong_GivesUpForAllCallsOfTheExpertOnly()
    {
        var loads = new LoadPatience(_time);

        Assert.Equal(TimeSpan.FromSeconds(8), loads.Failed("a", TimeSpan.FromSeconds(8)));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromSeconds(1), loads.Failed("a", null));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(loads.Failed("a", null));
        Assert.Null(loads.Failed("a", null));
        Assert.NotNull(loads.Failed("b", null));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    public void Failed_AfterALoadOrLongAgo_IsPatientAgain(bool loaded, int minutes)
    {
        var loads = new LoadPatience(_time);
        loads.Failed("a", null);
        _time.Advance(TimeSpan.FromMinutes(1));
        loads.Failed("a", null);

        if (loaded) loads.Loaded("a");
        _time.Advance(TimeSpan.FromMinutes(minutes));

        Assert.NotNull(loads.Failed("a", null));
    }
}
