using System.Text.Json;
using Orchestrator.Host.Evaluations;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Tests.Evaluations;

public sealed class EvaluationRequestTests
{
    [Fact]
    public void Read_LeastFields_HasTheDefaultsOfEval()
    {
        var request = Read("""{"model":"auto","questions":[{"question":"What?","reference":"That"}]}""");

        var question = Assert.Single(request.Questions);
        Assert.Equal(("auto", 512), (request.Model, request.MaxTokens));
        Assert.Equal(("1", "What?", "That", "final"), (question.Id, question.Question, question.Reference, question.Grader));
    }

    [Theory]
    [InlineData("[]", null)]
    [InlineData("""{"questions":[{"question":"a","reference":"b"}]}""", "model")]
    [InlineData("""{"model":"auto"}""", "questions")]
    [InlineData("""{"model":"auto","questions":[]}""", "questions")]
    [InlineData("""{"model":"auto","questions":"a"}""", "questions")]
    [InlineData("""{"model":"auto","questions":[{"question":"a","reference":"b"}],"stream":true}""", "stream")]
    [InlineData("""{"model":"auto","questions":[{"question":"a","reference":"b"}],"max_tokens":0}""", "max_tokens")]
    [InlineData("""{"model":"auto","questions":[{"question":"a","reference":"b"},"c"]}""", "questions[1]")]
    [InlineData("""{"model":"auto","questions":[{"question":"a","reference":"b"},{"reference":"b"}]}""", "questions[1].question")]
    [InlineData("""{"model":"auto","questions":[{"question":" ","reference":"b"}]}""", "questions[0].question")]
    [InlineData("""{"model":"auto","questions":[{"question":"a"}]}""", "questions[0].reference")]
    [InlineData("""{"model":"auto","questions":[{"question":"a","reference":42}]}""", "questions[0].reference")]
    [InlineData("""{"model":"auto","questions":[{"question":"a","reference":"b","answer":"c"}]}""", "questions[0].answer")]
    [InlineData("""{"model":"auto","questions":[{"question":"a","reference":"b","grader":"best"}]}""", "questions[0].grader")]
    [InlineData("""{"model":"auto","questions":[{"question":"a","reference":"b","grader":"judge"}]}""", "questions[0].grader")]
    [InlineData("""{"model":"auto","questions":[{"question":"a","reference":"b","grader":"numeric"}]}""", "questions[0].reference")]
    [InlineData("""{"model":"auto","questions":[{"question":"a","reference":"(","grader":"regex"}]}""", "questions[0].reference")]
    [InlineData("""{"model":"auto","questions":[{"question":"a","reference":"C","grader":"choice","options":["a","b"]}]}""", "questions[0].reference")]
    [InlineData("""{"model":"auto","questions":[{"question":"a","reference":"A","grader":"choice","options":["a",2]}]}""", "questions[0].options[1]")]
    [InlineData("""{"model":"auto","questions":[{"question":"a","reference":"A","grader":"choice","options":["a"," "]}]}""", "questions[0].options[1]")]
    [InlineData("""{"model":"auto","questions":[{"question":"a","reference":"","grader":"contains"}]}""", "questions[0].reference")]
    [InlineData("""{"model":"auto","questions":[{"question":"a","reference":"","grader":"regex"}]}""", "questions[0].reference")]
    [InlineData("""{"model":"auto","questions":[{"question":"a","reference":"b"},{"id":"1","question":"a","reference":"b"}]}""", "questions[1].id")]
    public void Read_Wrong_NamesTheFieldAndItsQuestion(string body, string? param)
    {
        var error = Assert.Throws<ApiException>(() => Read(body)).Error;

        Assert.Equal((400, param), (error.Status, error.Param));
    }

    [Fact]
    public void Read_MoreThanAllowed_SaysHowMany()
    {
        var questions = string.Join(',', Enumerable.Repeat("""{"question":"a","reference":"b"}""", 201));

        var error = Assert.Throws<ApiException>(() => Read($$"""{"model":"auto","questions":[{{questions}}]}""")).Error;

        Assert.Contains("at most 200", error.Message, StringComparison.Ordinal);
    }

    static EvaluationRequest Read(string body) => EvaluationRequest.Read(JsonElement.Parse(body));
}
