using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Jobs.Tests.Evaluation.Statistics;

public sealed class MajorityVoteTests
{
    [Fact]
    public void Score_MostVotes_Win() =>
        Assert.Equal(0, MajorityVote.Score([new("7", 1), new("8", 0), new("8", 0)]));

    [Fact]
    public void Score_Tie_IsTheExpectedValue()
    {
        Assert.Equal(0.5, MajorityVote.Score([new("8", 0), new("7", 1)]));
        Assert.Equal(1.0 / 3, MajorityVote.Score([new("8", 0), new("7", 1), new("9", 0)])!.Value, 12);
        Assert.Equal(0.5, MajorityVote.Score([new("8", 0), new("7", 1), new("8", 0), new("7", 1), new("9", 0)]));
    }

    [Fact]
    public void Score_OrderOfVotes_DoesNotMatter()
    {
        Ballot[] ballots = [new("a", 1), new("b", 0), new("a", 1), new("b", 0), new(null, 0)];

        Assert.Equal(MajorityVote.Score(ballots), MajorityVote.Score(ballots.Reverse()));
    }

    [Fact]
    public void Score_Abstentions_AreNoSide()
    {
        Assert.Equal(1, MajorityVote.Score([new(null, 0), new(null, 0), new("7", 1)]));
        Assert.Equal(0, MajorityVote.Score([new(null, 0), new(null, 0)]));
        Assert.Equal(0, MajorityVote.Score([]));
    }

    [Fact]
    public void Score_WinnerThatCouldNotBeGraded_IsUnknown()
    {
        Assert.Null(MajorityVote.Score([new("8", null), new("8", null), new("7", 1)]));
        Assert.Null(MajorityVote.Score([new("8", null), new("7", 1)]));
        Assert.Equal(1, MajorityVote.Score([new("8", null), new("7", 1), new("7", null)]));
    }

    [Fact]
    public void Score_SameWordsGradedDifferently_CountWithTheirMean() =>
        Assert.Equal(0.5, MajorityVote.Score([new("yes", 1), new("yes", 0), new("no", 1)]));
}
