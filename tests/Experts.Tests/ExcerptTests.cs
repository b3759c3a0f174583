namespace Orchestrator.Experts.Tests;

public sealed class ExcerptTests
{
    [Theory]
    [InlineData("abcd", "abcd")]
    [InlineData("abcde", "abcd…")]
    [InlineData("abc😀", "abc…")]
    [InlineData("ab😀e", "ab😀…")]
    public void Of_LongText_IsCutBetweenCharacters(string text, string expected) => Assert.Equal(expected, Excerpt.Of(text, 4));
}
