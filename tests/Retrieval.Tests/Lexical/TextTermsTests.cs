using Orchestrator.Retrieval.Lexical;

namespace Orchestrator.Retrieval.Tests.Lexical;

public sealed class TextTermsTests
{
    static readonly TextOptions Plain = new() { DropStopWords = false, Stem = false };

    [Theory]
    [InlineData("Mach 2.5, the B-52", "mach 2 5 the b 52")]
    [InlineData("the pilot's don't ’s", "the pilot dont s")]
    [InlineData("Straße ÉCOLE", "straße école")]
    [InlineData("E\u0301cole", "e\u0301cole")]
    [InlineData("東京 の塔", "東京 の塔")]
    [InlineData("", "")]
    [InlineData("  ...'!? ", "")]
    public void Of_Text_IsLettersAndDigitsInLowerCase(string text, string terms) =>
        Assert.Equal(terms.Split(' ', StringSplitOptions.RemoveEmptyEntries), TextTerms.Of(text, Plain));

    [Fact]
    public void Of_ByDefault_DropsStopWordsAndEndings() =>
        Assert.Equal(["flow", "plate"], TextTerms.Of("What are the flows over a plate?"));

    [Fact]
    public void Of_LongRun_IsCut() =>
        Assert.Equal([new string('x', 8)], TextTerms.Of(new string('x', 100), Plain with { LongestTerm = 8 }));

    [Fact]
    public void Of_HalfASurrogatePair_IsReadAsItIs() => Assert.Equal(["a\ud83d"], TextTerms.Of("A\ud83d b"[..2], Plain));
}
