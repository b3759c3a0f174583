using Orchestrator.Router.Skills;

namespace Orchestrator.Router.Tests.Skills;

public sealed class FrequencyTrimTests
{
    static readonly string[][] Panels = [["a", "b", "a"], ["a", "b", "c"], ["a", "b", "a"], ["a", "d"]];

    /// <summary>Of 11 draws a has 6, b 3, c and d 1 each: 9.09 %.</summary>
    [Theory]
    [InlineData(0, new string[0])]
    [InlineData(0.09, new string[0])]
    [InlineData(0.1, new[] { "c", "d" })]
    [InlineData(0.3, new[] { "b", "c", "d" })]
    [InlineData(1, new[] { "b", "c", "d" })]
    public void Dropped_Share_DropsTheRarelyDrawnButNeverAll(double least, string[] dropped) =>
        Assert.Equal(dropped, FrequencyTrim.Dropped(Panels, least));

    [Fact]
    public void Dropped_NoDraws_IsNobody() => Assert.Empty(FrequencyTrim.Dropped([], 0.05));
}
