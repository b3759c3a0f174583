using Orchestrator.Aggregator.MixtureOfThoughts.Routing;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts.Routing;

public sealed class PromptFeaturesTests
{
    const int Features = 1024;

    /// <summary>1 / sqrt(3).</summary>
    const double Third = 0.57735;

    // FNV-1a of 03 20 61 20 is 449F2A6F: place 623, plus.
    [Fact]
    public void Of_OneLetter_IsItsOnlyRun() => Assert.Equal([(623, 1)], NonZero("a"));

    // 03 20 61 62 is 869F9255 and 03 61 62 20 is E3D3C523, both minus; 04 20 61 62 20 is 40EC2B8A, plus.
    [Fact]
    public void Of_TwoLetters_HaveThreeRunsWithTheirSignsAndLengthOne()
    {
        Assert.Equal([(291, -Third), (597, -Third), (906, Third)], NonZero("ab"));
    }

    [Fact]
    public void Of_AsciiCapitals_AreSmall() => Assert.Equal(NonZero("ab"), NonZero("Ab"));

    // Ä is C3 84 and stays so: 03 20 C3 84 is 930E44D1, 03 C3 84 20 is 19FB30DF, 04 20 C3 84 20 is 0B68F0EA.
    [Fact]
    public void Of_OtherCapitals_StayAsTheyAre()
    {
        Assert.Equal([(209, -Third), (223, Third), (234, Third)], NonZero("Ä"));
    }

    [Fact]
    public void Of_FewerFeatures_FoldsIntoThem() =>
        Assert.Equal([10, 21, 35], PromptFeatures.Of("ab", 64).Index().Where(pair => pair.Item != 0).Select(pair => pair.Index));

    [Fact]
    public void Of_EmptyText_IsZero() => Assert.Empty(NonZero(""));

    [Fact]
    public void Of_LongText_HasLengthOne() =>
        Assert.Equal(1, PromptFeatures.Of(string.Concat(Enumerable.Repeat("What do 3 lamps cost? ", 500)), Features).Sum(x => (double)x * x), 5);

    static IEnumerable<(int Place, double Value)> NonZero(string text) =>
        PromptFeatures.Of(text, Features).Index().Where(pair => pair.Item != 0).Select(pair => (pair.Index, Math.Round(pair.Item, 5)));
}
