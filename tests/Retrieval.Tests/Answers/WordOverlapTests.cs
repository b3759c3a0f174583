using Orchestrator.Retrieval.Answers;

namespace Orchestrator.Retrieval.Tests.Answers;

public sealed class WordOverlapTests
{
    [Theory]
    [InlineData("What does muog weigh?", "muog weighs 12 grams.", 1)]
    [InlineData("Which shelf has xib?", "muog is on shelf K2.", 0.5)]
    [InlineData("???", "muog", 0)]
    public void Of_ShareOfTheQuestionsTerms(string question, string passage, double expected) =>
        Assert.Equal(expected, WordOverlap.Of(question, passage), 0.26);
}
