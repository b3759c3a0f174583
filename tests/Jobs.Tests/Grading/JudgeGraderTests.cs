using Orchestrator.Jobs.Grading;

namespace Orchestrator.Jobs.Tests.Grading;

public sealed class JudgeGraderTests
{
    [Theory]
    [InlineData("yes", 1.0)]
    [InlineData(" Yes.\n", 1.0)]
    [InlineData("**No**", 0.0)]
    [InlineData("They differ in the year. Answer: no", 0.0)]
    [InlineData("", null)]
    [InlineData("maybe", null)]
    [InlineData("yes and no", null)]
    [InlineData("Yes, it does.", 1.0)]
    [InlineData("No. The reference says 1912.", 0.0)]
    [InlineData("**Yes** - both name Ada.", 1.0)]
    [InlineData("\"yes\"", 1.0)]
    [InlineData("Yes, or rather no.", null)]
    [InlineData("Yes it does", null)]
    [InlineData("No doubt it does.", null)]
    [InlineData("nothing", null)]
    public void Read_Reply_DecidesOnlyWhenPlain(string reply, double? score) => Assert.Equal(score, JudgeGrader.Read(reply).Score);

    [Fact]
    public void Read_Unclear_QuotesTheReplyInShort()
    {
        string note = JudgeGrader.Read(new string('x', 500)).Note!;

        Assert.Contains("neither yes nor no", note, StringComparison.Ordinal);
        Assert.True(note.Length < 150);
    }

    [Fact]
    public void Request_Texts_AreAllThereAndGreedy()
    {
        var request = JudgeGrader.Request("Who {wrote} it?", "Ada", "Answer: Ada L.", 64);

        string prompt = Assert.Single(request.Messages).Content;
        Assert.All(new[] { "Who {wrote} it?", "Ada", "Answer: Ada L.", "yes or no" }, part => Assert.Contains(part, prompt, StringComparison.Ordinal));
        Assert.Equal((64, 0f), (request.MaxTokens, request.Sampling!.Temperature));
    }

    [Fact]
    public void Score_Judge_IsNoFunctionOfTheAnswer() =>
        Assert.Throws<ArgumentException>(() => Graders.Score("judge", "yes", "yes"));

    [Theory]
    [InlineData("choice", "I say (B)", "B")]
    [InlineData("numeric", "so 1,000 it is", "1000")]
    [InlineData("final", "Answer:  The  Hague.", "the hague")]
    [InlineData("final", "The Hague", null)]
    [InlineData("contains", "It is Paris.", "it is paris")]
    [InlineData("judge", "Well. Answer: Paris", "paris")]
    [InlineData("regex", " ", null)]
    [InlineData("exact", "Paris", "Paris")]
    public void Gist_Answer_IsWhatVotesCount(string grader, string answer, string? gist) =>
        Assert.Equal(gist, Graders.Gist(grader, answer, []));
}
