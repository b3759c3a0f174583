using Orchestrator.Jobs.Grading;

namespace Orchestrator.Jobs.Tests.Grading;

public sealed class PatternGraderTests
{
    [Theory]
    [InlineData("It is 42.", @"\b42\b", 1)]
    [InlineData("It is 421.", @"\b42\b", 0)]
    [InlineData("COLOUR", "(?i)colou?r", 1)]
    [InlineData("aa", @"^(a)\1$", 1)]
    [InlineData("ab", @"^(a)\1$", 0)]
    public void Score_Pattern_MustMatchSomewhere(string answer, string pattern, double score) =>
        Assert.Equal(score, Graders.Score("regex", answer, pattern));

    [Fact]
    public void Decide_PatternThatExplodes_IsUndecided()
    {
        // The back reference wants the engine that backtracks, and the nested repeats let it try 2⁴⁰ ways.
        Grade grade = PatternGrader.Decide(new string('a', 40) + "!", @"^(a+)+\1$", TimeSpan.FromMilliseconds(5));

        Assert.Null(grade.Score);
        Assert.Contains("did not finish within 0.005 s", grade.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_NestedRepeatsWithoutBackReference_TakeLinearTime() =>
        Assert.Equal(0, PatternGrader.Decide(new string('a', 5000) + "!", "^(a+)+$", TimeSpan.FromSeconds(20)).Score);

    [Fact]
    public void Problem_BadPattern_IsNamed()
    {
        Assert.Contains("regex", PatternGrader.Problem("(unclosed"), StringComparison.Ordinal);
        Assert.Null(PatternGrader.Problem("(closed)"));
    }

    [Theory]
    [InlineData("[a-", "]")]
    [InlineData("(?:a|b", ")")]
    [InlineData("(?=a", ")")]
    public void Problem_DeepNest_IsRefusedUnread(string opening, string closing)
    {
        var pattern = string.Concat(Enumerable.Repeat(opening, 200_000)) + "[b]" + string.Concat(Enumerable.Repeat(closing, 200_000));

        Assert.Contains("at most 1,000", PatternGrader.Problem(pattern), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[a-", "]")]
    [InlineData("(?:a|b", "){1,999}")]
    [InlineData("(?=a", ")")]
    public void Decide_DeepestNestAllowed_EndsWithAGrade(string opening, string closing)
    {
        var depth = PatternGrader.Longest / (opening.Length + closing.Length) - 1;
        var pattern = string.Concat(Enumerable.Repeat(opening, depth)) + "[b]" + string.Concat(Enumerable.Repeat(closing, depth));

        Assert.Null(PatternGrader.Problem(pattern));
        Assert.True(PatternGrader.Decide("aaab", pattern) is { Score: not null } or { Note: not null });
    }
}
