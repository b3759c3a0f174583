using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Jobs.Tests.Profiling;

public sealed class QuestionFileTests
{
    const string Good =
        """{"id":"a","question":"What is 3 + 4?","reference":"7","grader":"numeric","skills":["add"],"tags":{"template":7,"wording":"own"}}""";

    [Fact]
    public void Read_Lines_GivesTheQuestions()
    {
        IReadOnlyList<ProfileQuestion> questions = Read(Good, "", """{"id":"b","question":"?","reference":""}""");

        Assert.Equal(["a", "b"], questions.Select(question => question.Id));
        Assert.Equal("numeric", questions[0].Grader);
        Assert.Equal(["add"], questions[0].Skills);
        Assert.Equal(7, questions[0].Tags["template"].GetInt32());
        Assert.Equal("final", questions[1].Grader);
    }

    [Theory]
    [InlineData("{", "not the JSON wanted here, at $: ")]
    [InlineData("{\"id\":1}", "not the JSON wanted here, at $.id: The JSON value could not be converted")]
    [InlineData("null", "the line is null")]
    [InlineData("""{"id":"b","question":"?"}""", "reference")]
    [InlineData("""{"id":"","question":"?","reference":"1"}""", "the id is empty")]
    [InlineData("""{"id":"b","question":" ","reference":"1"}""", "the question is empty")]
    [InlineData("""{"id":"b","question":"?","reference":"1","skills":["x",null]}""", "a skill is null or blank")]
    [InlineData("""{"id":"b","question":"?","reference":"1","skills":[" "]}""", "a skill is null or blank")]
    [InlineData("""{"id":"b","question":"?","reference":"1","tagged":["x"]}""", "tagged")]
    [InlineData("""{"id":"b","question":"?","reference":"1","grader":"fuzzy"}""", "no grader is called 'fuzzy'; there are choice, contains, exact, final, judge")]
    [InlineData("""{"id":"b","question":"?","reference":"1","skill":"x"}""", "skill")]
    [InlineData("""{"id":"b","question":"?","reference":"٤٢","grader":"numeric"}""", "the reference '٤٢' is not a number")]
    [InlineData("""{"id":"b","question":"?","reference":"3 or 4","grader":"numeric"}""", "the reference '3 or 4' is not a number")]
    [InlineData("""{"id":"b","question":"?","reference":"","grader":"numeric"}""", "the reference '' is not a number")]
    [InlineData("""{"id":"b","question":"?","reference":"(","grader":"regex"}""", "not a pattern that the grader 'regex' can use")]
    [InlineData("""{"id":"b","question":"?","reference":"Paris","grader":"choice"}""", "the reference 'Paris' is not one letter")]
    [InlineData("""{"id":"b","question":"?","reference":"C","grader":"choice","options":["x","y"]}""", "beyond the 2 options, A to B")]
    [InlineData("""{"id":"b","question":"?","reference":"A","grader":"choice","options":["x",null]}""", "at most 26 texts")]
    [InlineData("""{"id":"b","question":"?","reference":"x","grader":"judge"}""", "needs an expert that judges")]
    [InlineData("""{"id":"a","question":"?","reference":"1"}""", "the id 'a' was used on line 1")]
    public void Read_MalformedLine_IsNamedWithItsNumber(string line, string problem)
    {
        var thrown = Assert.Throws<QuestionFileException>(() => Read(Good, line));

        string only = Assert.Single(thrown.Problems);
        Assert.StartsWith("questions, line 2: ", only, StringComparison.Ordinal);
        Assert.Contains(problem, only, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1,234.5")]
    [InlineData(" 1e3 ")]
    public void Read_NumericReference_IsTaken(string reference) => Assert.Equal(reference, Assert.Single(
        Read($$"""{"id":"b","question":"?","reference":"{{reference}}","grader":"numeric"}""")).Reference);

    [Fact]
    public void Read_Judged_TakesQuestionsForAJudge() => Assert.Equal("judge", Assert.Single(QuestionFile.Read(
        new StringReader("""{"id":"b","question":"?","reference":"x","grader":"judge"}"""), "questions", judged: true)).Grader);

    [Fact]
    public void Read_SeveralProblems_ReportsAll() =>
        Assert.Equal(2, Assert.Throws<QuestionFileException>(() => Read("{", Good, "[]")).Problems.Count);

    [Fact]
    public void Read_NoQuestion_SaysSo() =>
        Assert.Equal(["questions: there is no question in it"], Assert.Throws<QuestionFileException>(() => Read("")).Problems);

    static IReadOnlyList<ProfileQuestion> Read(params string[] lines) =>
        QuestionFile.Read(new StringReader(string.Join('\n', lines)), "questions");
}
