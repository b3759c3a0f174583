using Orchestrator.LlamaCpp.Answers;

namespace Orchestrator.LlamaCpp.Tests.Answers;

public sealed class StopMatcherTests
{
    [Theory]
    [InlineData("Hello</s>world", "</s>", "Hello")]
    [InlineData("Hello</b>", "</s>", "Hello</b>")]
    [InlineData("aaab", "aab", "a")]
    [InlineData("xabay", "aba|bay", "x")]
    [InlineData("xAnswer", "Answer|nsw", "xA")]
    [InlineData("xAnsw", "nsw|Answ", "x")]
    [InlineData("one\n\ntwo", "\n\n", "one")]
    [InlineData("stop", "stop", "")]
    [InlineData("no stop string here", "|", "no stop string here")]
    public void Feed_CutAnywhere_ShowsTheSameText(string text, string stops, string expected)
    {
        for (var first = 0; first <= text.Length; first++)
        {
            for (var second = first; second <= text.Length; second++)
            {
                var matcher = new StopMatcher(stops.Split('|', StringSplitOptions.RemoveEmptyEntries));
                var shown = matcher.Feed(text.AsSpan(0, first)) + matcher.Feed(text.AsSpan(first, second - first))
                    + matcher.Feed(text.AsSpan(second)) + matcher.Flush();
                Assert.Equal(expected, shown);
                Assert.Equal(expected != text, matcher.Stopped);
            }
        }
    }

    [Fact]
    public void Feed_BeginningOfAStop_IsHeldBackNoLongerThanNeeded()
    {
        var matcher = new StopMatcher(["END", "ENOUGH"]);

        Assert.Equal("the ", matcher.Feed("the EN"));
        Assert.Equal("", matcher.Feed("O"));
        Assert.Equal("ENOR", matcher.Feed("R"));
        Assert.Equal("", matcher.Feed("E"));
        Assert.Equal("E", matcher.Flush());
        Assert.False(matcher.Stopped);
    }
}
