using Orchestrator.Host.Feedback;

namespace Orchestrator.Host.Tests.Feedback;

public sealed class FeedbackLimitTests
{
    static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly FeedbackLimit _limit = new(most: 2, TimeSpan.FromMinutes(10));

    [Fact]
    public void Take_AboveTheLimit_TellsWhenTheOldestLeaves()
    {
        Assert.Null(_limit.Take("a", Start));
        Assert.Null(_limit.Take("a", Start + TimeSpan.FromMinutes(4)));

        Assert.Equal(TimeSpan.FromMinutes(3), _limit.Take("a", Start + TimeSpan.FromMinutes(7)));
        Assert.Null(_limit.Take("a", Start + TimeSpan.FromMinutes(10)));
        Assert.Equal(TimeSpan.FromMinutes(4), _limit.Take("a", Start + TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void Take_Refused_CostsNothing()
    {
        Assert.Null(_limit.Take("a", Start));
        Assert.Null(_limit.Take("a", Start));
        for (int i = 0; i < 10; i++)
            Assert.NotNull(_limit.Take("a", Start + TimeSpan.FromMinutes(9)));

        Assert.Null(_limit.Take("a", Start + TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void Take_OtherClients_HaveTheirOwn()
    {
        Assert.Null(_limit.Take("a", Start));
        Assert.Null(_limit.Take("a", Start));

        Assert.Null(_limit.Take("b", Start));
    }
}
