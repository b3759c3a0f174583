using Orchestrator.Aggregator.Voting;

namespace Orchestrator.Aggregator.Tests.Voting;

public sealed class VoteWeightTests
{
    [Fact]
    public void Of_Chance_IsItsLogOdds() => Assert.Equal(Math.Log(9), VoteWeight.Of(0.9), 12);

    [Fact]
    public void Of_OneSureAgainstTwoMiddling_Outweighs() => Assert.True(VoteWeight.Of(0.95) > 2 * VoteWeight.Of(0.7));

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(-3)]
    public void Of_MoreOftenWrongThanRight_CountsALittle(double chance) => Assert.Equal(VoteWeight.Least, VoteWeight.Of(chance));

    [Fact]
    public void Of_Certain_StaysFinite() => Assert.InRange(VoteWeight.Of(1), 6, 7);
}
