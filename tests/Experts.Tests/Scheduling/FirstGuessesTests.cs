using Orchestrator.Experts.Scheduling;

namespace Orchestrator.Experts.Tests.Scheduling;

public sealed class FirstGuessesTests
{
    [Fact]
    public void LoadSeconds_NothingWasLoaded_IsAGigabyteASecond() => Assert.Equal(3, new FirstGuesses().LoadSeconds(3_000_000_000));

    [Fact]
    public void LoadSeconds_AfterLoads_FollowsTheirPace()
    {
        var guesses = new FirstGuesses();
        guesses.LoadTook(bytes: 4000, seconds: 2);
        guesses.LoadTook(bytes: 3000, seconds: 1);

        Assert.Equal(10, guesses.LoadSeconds(23_000), precision: 9);
    }

    [Fact]
    public void LoadTook_NoTimeAtAll_TellsNothing()
    {
        var guesses = new FirstGuesses();
        guesses.LoadTook(bytes: 4000, seconds: 0);

        Assert.Equal(1, guesses.LoadSeconds(1_000_000_000));
    }

    [Fact]
    public void ServiceSeconds_AfterRequests_FollowsThem()
    {
        var guesses = new FirstGuesses();
        var before = guesses.ServiceSeconds;
        guesses.ServiceTook(0.5);

        Assert.Equal((1, 0.5), (before, guesses.ServiceSeconds));
    }
}
