using Orchestrator.Aggregator.Synthesis;

namespace Orchestrator.Aggregator.Tests.Synthesis;

public sealed class CandidateTextTests
{
    [Theory]
    [InlineData("<think>hm\n7?</think>\nAnswer: 7", 100, "Answer: 7")]
    [InlineData("abc Answer: 7", 9, "Answer: 7")]
    [InlineData("Answer: 7", 9, "Answer: 7")]
    [InlineData("a😀bc", 3, "bc")]
    [InlineData("a😀bc", 4, "😀bc")]
    public void Cut_Answer_KeepsItsEnd(string answer, int length, string kept) =>
        Assert.Equal(kept, CandidateText.Cut(answer, length));
}
