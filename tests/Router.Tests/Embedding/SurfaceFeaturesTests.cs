using Orchestrator.Router.Embedding;

namespace Orchestrator.Router.Tests.Embedding;

public sealed class SurfaceFeaturesTests
{
    [Theory]
    [InlineData("What is 47 + 8312?", "number:##", "number:####", "longest:4", "shortest:2", "shape:2,4", "mark:+1")]
    [InlineData("Reverse ABXY.", "upper", "upper:4")]
    [InlineData("Convert XIV.", "roman", "upper:3")]
    [InlineData("print(len(\"AB\"))", "mark:(2", "mark:\"2", "last:Mark")]
    [InlineData("Is it so in Chad", "capitals:1", "numbers:0", "last:Word")]
    [InlineData("one\ntwo", "lines", "words:2")]
    public void Of_Text_HasItsFeatures(string text, params string[] features) =>
        Assert.Subset(Of(text), features.ToHashSet());

    [Theory]
    [InlineData("I am A", "upper")]
    [InlineData("Reverse ABXY.", "roman")]
    [InlineData("one two", "lines")]
    public void Of_Text_LacksWhatItIsNot(string text, string feature) => Assert.DoesNotContain(feature, Of(text));

    static HashSet<string> Of(string text) => [.. SurfaceFeatures.Of(text, TextTokens.Split(text))];
}
