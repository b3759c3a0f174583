using Orchestrator.Router.Evidence;

namespace Orchestrator.Router.Tests.Evidence;

public sealed class WordingTests
{
    [Fact]
    public void Of_NumbersAndRareWords_AreLeftOpen()
    {
        string[] questions =
        [
            .. Enumerable.Range(0, 6).Select(i => $"Add {i} and {i + 20}."),
            .. new[] { "hot", "big", "old", "wet", "far" }.Select(word => $"Opposite of '{word}'?"),
        ];

        var wordings = Wording.Of(questions);

        Assert.Equal(["add and", "opposite of"], wordings.Distinct());
        Assert.Equal("add and", wordings[5]);
    }
}
