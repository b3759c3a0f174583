using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Jobs.Tests.Evaluation.Statistics;

public sealed class SelfConsistencyTests
{
    // Greedy is right; of the samples the first two disagree, the third decides for the wrong answer.
    static readonly SampledAnswers One = new(
        Sample("7", 1, 10), [Sample("7", 1, 10), Sample("8", 0, 20), Sample("8", 0, 30), Sample("8", 0, 40)]);

    // Greedy is wrong, the samples are right.
    static readonly SampledAnswers Two = new(
        Sample("x", 0, 10), [Sample("y", 1, 10), Sample("y", 1, 20), Sample("y", 1, 30), Sample("y", 1, 40)]);

    [Fact]
    public void AtCalls_One_IsTheGreedyAnswer()
    {
        SelfConsistency used = SelfConsistency.AtCalls([One, Two], 1);

        Assert.Equal([1, 0], used.Scores);
        Assert.Equal((1, 10, true), (used.Calls, used.Tokens, used.Matched));
    }

    [Theory]
    [InlineData(2, 0.5, 1)]
    [InlineData(3, 0, 1)]
    public void AtCalls_Several_IsTheVoteOfTheFirstSamples(double calls, double first, double second) =>
        Assert.Equal([first, second], SelfConsistency.AtCalls([One, Two], calls).Scores);

    [Fact]
    public void AtCalls_Fraction_IsTheExpectedValueBetweenBoth()
    {
        SelfConsistency used = SelfConsistency.AtCalls([One, Two], 2.25);

        Assert.Equal([0.75 * 0.5 + 0.25 * 0, 1], used.Scores);
        Assert.Equal(0.75 * 30 + 0.25 * 60, used.Tokens, 12);
    }

    [Fact]
    public void AtCalls_MoreThanSampled_UsesAllAndSaysSo()
    {
        SelfConsistency used = SelfConsistency.AtCalls([One, Two], 9);

        Assert.Equal((4, false), (used.Calls, used.Matched));
    }

    [Theory]
    [InlineData(3, 1, 10)]    // fewer than one call takes: one call all the same
    [InlineData(10, 1, 10)]
    [InlineData(20, 1.5, 20)] // half way from 10 to 30 tokens
    [InlineData(30, 2, 30)]
    [InlineData(45, 2.5, 45)] // half way from 30 to 60
    [InlineData(100, 4, 100)]
    public void AtTokens_Budget_UsesSamplesUntilTheMeansMatch(double budget, double calls, double tokens)
    {
        SelfConsistency used = SelfConsistency.AtTokens([One, Two], budget);

        Assert.Equal(calls, used.Calls, 12);
        Assert.Equal(tokens, used.Tokens, 12);
        Assert.True(used.Matched);
    }

    [Fact]
    public void AtTokens_BeyondAllSamples_SaysSo()
    {
        SelfConsistency used = SelfConsistency.AtTokens([One, Two], 101);

        Assert.Equal((4, 100, false), (used.Calls, used.Tokens, used.Matched));
    }

    [Fact]
    public void AtCalls_SampleThatCouldNotBeGraded_IsUnknownWhereItDecides()
    {
        SampledAnswers ungraded = One with { Samples = [new SampledAnswer(new Ballot("9", null), 10), .. Two.Samples] };

        Assert.Null(SelfConsistency.AtCalls([ungraded], 2).Scores[0]);
        Assert.Null(SelfConsistency.AtCalls([ungraded], 2.5).Scores[0]);
        Assert.Equal(1, SelfConsistency.AtCalls([ungraded], 3).Scores[0]);
    }

    [Fact]
    public void AtTokens_NoSamples_IsTheGreedyAnswer()
    {
        SelfConsistency used = SelfConsistency.AtTokens([One with { Samples = [] }], 5);

        Assert.Equal([1], used.Scores);
        Assert.True(used.Matched);
    }

    static SampledAnswer Sample(string gist, double score, long tokens) => new(new Ballot(gist, score), tokens);
}
