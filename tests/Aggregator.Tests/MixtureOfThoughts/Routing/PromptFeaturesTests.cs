using Orchestrator.Aggregator.MixtureOfThoughts.Routing;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts.Routing;

public sealed class PromptFeaturesTests
{
    const int Features = 1024;

    // FNV-1a of 03 20 61 20 is 449F2A6F: place 623, plus; the length is sqrt(6 * 8 * 8 + 1). Of the shapes ^w$, 11 5E is
    // 719BFFC6, 11 77 is 5A9BDB91, 11 24 is 279B8B48, 12 5E 77 is CF3251B2 and minus, 12 77 24 is 7FCC5D26, 13 5E 77 24 is
    // 652F53A7.
    [Fact]
    public void Of_OneLetter_IsItsRunAndItsShapes() => Assert.Equal(
        [(294, .40772), (434, -.40772), (623, .05096), (840, .40772), (913, .40772), (935, .40772), (966, .40772)], NonZero("a"));

    // 03 20 61 62 is 869F9255 and 03 61 62 20 is E3D3C523, both minus; 04 20 61 62 20 is 40EC2B8A, plus.
    [Fact]
    public void Of_TwoLetters_HaveThreeRunsWithTheirSigns() => Assert.Equal(
        [(291, -.05083), (294, .40666), (434, -.40666), (597, -.05083), (840, .40666), (906, .05083), (913, .40666), (935, .40666), (966, .40666)],
        NonZero("ab"));

    [Fact]
    public void Of_AsciiCapitals_AreSmallButForTheirShape()
    {
        Assert.Equal(NonZero("ab"), NonZero("Ab"));
        Assert.NotEqual(NonZero("ab"), NonZero("AB"));
    }

    // Ä is C3 84 and stays so: 03 20 C3 84 is 930E44D1, 03 C3 84 20 is 19FB30DF, 04 20 C3 84 20 is 0B68F0EA.
    [Fact]
    public void Of_OtherCapitals_StayAsTheyAre() =>
        Assert.Equal([(209, -.05083), (223, .05083), (234, .05083)], NonZero("Ä").Where(pair => Math.Abs(pair.Value) < .1));

    [Fact]
    public void Of_FewerFeatures_FoldsIntoThem() => Assert.Equal(
        [(5, .04856), (6, .38851), (8, .38851), (17, .33995), (21, .04856), (28, .04856), (31, -.38851), (35, .04856), (42, .04856), (50, -.38851),
            (53, .04856), (54, -.38851), (56, -.33995)],
        NonZero("Ä 12", 64));

    [Fact]
    public void Of_EmptyText_IsTheShapeOfNothing() => Assert.Equal(6, NonZero("").Count());

    [Fact]
    public void Of_LongText_HasLengthOne() =>
        Assert.Equal(1, PromptFeatures.Of(string.Concat(Enumerable.Repeat("What do 3 lamps cost? ", 500)), Features).Sum(x => (double)x * x), 5);

    static IEnumerable<(int Place, double Value)> NonZero(string text, int features = Features) =>
        PromptFeatures.Of(text, features).Index().Where(pair => pair.Item != 0).Select(pair => (pair.Index, Math.Round(pair.Item, 5)));
}
