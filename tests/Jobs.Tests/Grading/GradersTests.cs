using Orchestrator.Jobs.Grading;

namespace Orchestrator.Jobs.Tests.Grading;

public sealed class GradersTests
{
    [Theory]
    [InlineData("final", "3+4=7. Answer: 7", "7", 1)]
    [InlineData("final", "Answer: 8 no, Answer: 7", "7", 1)]
    [InlineData("final", "Answer: 7 no, Answer: 8", "7", 0)]
    [InlineData("final", "7", "7", 0)]
    [InlineData("final", "Answer: 70", "7", 0)]
    [InlineData("final", "Answer:   The  Hague.\n", "the hague", 1)]
    [InlineData("final", "Answer:", "7", 0)]
    [InlineData("final", "**Answer:** 7", "7", 1)]
    [InlineData("final", "Answer: **7.**", "7", 1)]
    [InlineData("final", "Answer: 7", "**7**", 1)]
    [InlineData("final", "Answer: 50%", "50", 0)]
    [InlineData("final", "Answer: 22, 40, 46", "22, 40, 46", 1)]
    [InlineData("exact", "Paris", "Paris", 1)]
    [InlineData("exact", "paris", "Paris", 0)]
    [InlineData("normalised", "  paris. ", "Paris", 1)]
    [InlineData("normalised", "It is Paris", "Paris", 0)]
    [InlineData("contains", "It is PARIS, I think", "Paris", 1)]
    [InlineData("contains", "It is London", "Paris", 0)]
    [InlineData("numeric", "That makes 1,234.50 in all", "1234.5", 1)]
    [InlineData("numeric", "First 3, then -4", "-4", 1)]
    [InlineData("numeric", "First -4, then 3", "-4", 0)]
    [InlineData("numeric", "about 1e3", "1000", 1)]
    [InlineData("numeric", "none", "7", 0)]
    [InlineData("numeric", "٤٢", "42", 0)]
    [InlineData("numeric", "42", "٤٢", 0)]
    [InlineData("numeric", "42, in words ٤٢", "42", 1)]
    [InlineData("numeric", "7", "1e999", 0)]
    public void Score_Answer_IsJudged(string grader, string answer, string reference, double score) =>
        Assert.Equal(score, Graders.Score(grader, answer, reference));

    [Fact]
    public void Score_UnknownGrader_ListsThoseThereAre()
    {
        var problem = Assert.Throws<ArgumentException>(() => Graders.Score("fuzzy", "", ""));

        Assert.Contains("choice, contains, exact, final, judge, normalised, numeric, regex", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("numeric")]
    [InlineData("choice")]
    [InlineData("nobody")]
    public void Problem_LongTexts_AreCutInTheMessage(string grader)
    {
        var problem = Graders.Problem(grader == "nobody" ? new string('g', 100_000) : grader, new string('x', 100_000), ["a", "b"]);

        Assert.InRange(problem!.Length, 1, 400);
    }
}
