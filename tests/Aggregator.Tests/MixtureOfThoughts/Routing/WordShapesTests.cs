using System.Text;
using Orchestrator.Aggregator.MixtureOfThoughts.Routing;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts.Routing;

public sealed class WordShapesTests
{
    [Theory]
    [InlineData("", "^p$")]
    [InlineData("Add 24 to XLII.", "^wNwC$")]
    [InlineData("A (x2) -- café", "^Impw$")]
    [InlineData("\"VII\", 3.5 and I'm", "^Cmwm$")]
    [InlineData("two  blanks", "^wpw$")]
    [InlineData("ÄÖ 1 ?", "^wNp$")]
    public void Of_Words_TellsHowTheyLook(string text, string shapes) =>
        Assert.Equal(shapes, Encoding.UTF8.GetString(WordShapes.Of(Encoding.UTF8.GetBytes(text))));
}
