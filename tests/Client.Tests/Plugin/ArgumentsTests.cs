using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Client.Tests.Plugin;

/// <summary>What models and hosts send for the same arguments.</summary>
public sealed class ArgumentsTests
{
    const string Found = """{"results":[],"mode":"dense"}""";
    const string Evaluated = """{"model":"auto","score":1,"right":1,"questions":1,"failed":0,"ungraded":0,"results":[]}""";

    public static TheoryData<string> Searches =>
    [
        """{"collection":"stock","query":"wings","top":3,"mode":"dense","filter":{"must":[{"key":"year","match":{"value":1958}}]}}""",
        """{"collection":"stock","query":"wings","top":3.0,"mode":"Dense","filter":"{\"must\":[{\"key\":\"year\",\"match\":{\"value\":1958}}]}"}""",
        """{"collection":"stock","query":"wings","top":"3","mode":" dense ","filter":{"must":[{"key":"year","match":{"value":1958}}]}}""",
    ];

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task Invoke_FormsOfJson_AskTheSame(string arguments)
    {
        using var plugin = FakePlugin.Of(Found);

        await plugin.CallAsync("search_collection", arguments);

        var (_, path, body, _) = Assert.Single(plugin.Service.Asked);
        Assert.Equal("/v1/collections/stock/query", path);
        Assert.Equal("""{"query":"wings","top_k":3,"mode":"dense","filter":{"must":[{"key":"year","match":{"value":1958}}]}}""", body);
    }

    [Fact]
    public async Task Invoke_ValuesOfDotnet_AskTheSame()
    {
        using var plugin = FakePlugin.Of(Found);
        var filter = new JsonObject { ["must"] = new JsonArray() };

        await plugin.CallAsync("search_collection", new Dictionary<string, object?> { ["collection"] = "stock", ["query"] = "wings", ["top"] = 3L, ["filter"] = filter });

        Assert.Equal("""{"query":"wings","top_k":3,"mode":"hybrid","filter":{"must":[]}}""", plugin.Service.Asked[0].Body);
    }

    [Theory]
    [InlineData("""{"collection":"stock","query":"wings"}""")]
    [InlineData("""{"collection":"stock","query":"wings","top":null,"mode":"","filter":null}""")]
    public async Task Invoke_NotGiven_IsTheDefault(string arguments)
    {
        using var plugin = FakePlugin.Of(Found);

        await plugin.CallAsync("search_collection", arguments);

        Assert.Equal("""{"query":"wings","top_k":5,"mode":"hybrid"}""", plugin.Service.Asked[0].Body);
    }

    [Theory]
    [InlineData("""{"questions":[{"question":"What is 17 + 25?","reference":"42","grader":"numeric"}]}""")]
    [InlineData("""{"questions":[{"question":"What is 17 + 25?","reference":42,"grader":"Numeric"}]}""")]
    [InlineData("""{"questions":{"question":"What is 17 + 25?","reference":"42","grader":"numeric"}}""")]
    [InlineData("""{"questions":"[{\"question\":\"What is 17 + 25?\",\"reference\":\"42\",\"grader\":\"numeric\"}]"}""")]
    public async Task Invoke_FormsOfQuestions_AskTheSame(string arguments)
    {
        using var plugin = FakePlugin.Of(Evaluated);

        await plugin.CallAsync("evaluate_batch", arguments);

        var sent = JsonElement.Parse(plugin.Service.Asked[0].Body);
        Assert.Equal("auto", sent.GetProperty("model").GetString());
        var question = Assert.Single(sent.GetProperty("questions").EnumerateArray());
        Assert.Equal("What is 17 + 25?", question.GetProperty("question").GetString());
        Assert.Equal("42", question.GetProperty("reference").GetString());
        Assert.Equal("numeric", question.GetProperty("grader").GetString());
    }

    [Theory]
    [InlineData("ask_experts", "{}", "question", "missing")]
    [InlineData("ask_experts", """{"question":" "}""", "question", "missing")]
    [InlineData("ask_experts", """{"question":["What?"]}""", "question", "a text")]
    [InlineData("ask_experts", """{"question":"\ud800"}""", "question", "whole characters")]
    [InlineData("evaluate_batch", """{"questions":[{"question":"1+1","reference":"2","\ud800":1}]}""", "questions[0]", "whole characters")]
    [InlineData("search_collection", """{"collection":"papers","query":"What?","filter":{"a":["\ud800"]}}""", "filter", "whole characters")]
    [InlineData("ask_experts", """{"question":"What?","skills":["größer"]}""", "skills", "plain English letters")]
    [InlineData("search_collection", """{"collection":"stock","query":"wings","top":0}""", "top", "from 1 to 50")]
    [InlineData("search_collection", """{"collection":"stock","query":"wings","top":2.5}""", "top", "from 1 to 50")]
    [InlineData("search_collection", """{"collection":"stock","query":"wings","top":"many"}""", "top", "from 1 to 50")]
    [InlineData("search_collection", """{"collection":"stock","query":"wings","mode":"fuzzy"}""", "mode", "hybrid, dense, lexical")]
    [InlineData("search_collection", """{"collection":"stock","query":"wings","filter":"year = 1958"}""", "filter", "a JSON object")]
    [InlineData("search_collection", """{"collection":"stock","query":"wings","top_k":1}""", "top_k", "there are collection, query, top, mode, filter")]
    [InlineData("ask_experts", """{"query":"What?"}""", "query", "there are question, policy, skills")]
    [InlineData("evaluate_batch", """{"questions":"a few"}""", "questions", "a list of objects, in JSON")]
    [InlineData("evaluate_batch", """{"questions":[{"question":"a","reference":"b"},{"question":"a"}]}""", "questions[1].reference", "missing")]
    [InlineData("evaluate_batch", """{"questions":[{"question":"a","reference":"b","grader":"judge"}]}""", "questions[0].grader", "one of final, exact")]
    [InlineData("evaluate_batch", """{"questions":[{"question":"a","reference":"b","answer":"c"}]}""", "questions[0]", "no field 'answer'")]
    public async Task Invoke_Wrong_ReturnsItsNameAndWhatIsAllowed(string name, string arguments, string argument, string allowed)
    {
        using var plugin = FakePlugin.Unasked();

        var result = await plugin.CallAsync(name, arguments);

        Assert.Equal("invalid_argument", result.Code());
        Assert.Contains($"'{argument}'", result.Message(), StringComparison.Ordinal);
        Assert.Contains(allowed, result.Message(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ask_experts", 101)]
    [InlineData("route_question", 50_000)]
    public async Task Invoke_LongerSkillThanAHeaderTakes_ReturnsHowLongItMayBe(string name, int length)
    {
        using var plugin = FakePlugin.Unasked();

        var result = await plugin.CallAsync(name, $$"""{"question":"What?","skills":["addition","{{new string('x', length)}}"]}""");

        Assert.Equal("invalid_argument", result.Code());
        Assert.Contains("'skills[1]' must be a text of at most 100 characters", result.Message(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_MoreQuestionsThanAllowed_ReturnsHowMany()
    {
        using var plugin = FakePlugin.Unasked();
        var questions = string.Join(',', Enumerable.Repeat("""{"question":"a","reference":"b"}""", 201));

        var result = await plugin.CallAsync("evaluate_batch", $$"""{"questions":[{{questions}}]}""");

        Assert.Contains("at most 200 items, not 201", result.Message(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, object> WithoutJson => new()
    {
        { "ask_experts", "question", typeof(string) },
        { "ask_experts", "question", Stream.Null },
        { "ask_experts", "policy", new JsonArray(JsonValue.Create(float.NaN)) },
        { "ask_experts", "skills", new List<object> { new JsonObject { ["a"] = double.NaN } } },
        { "search_collection", "top", double.NaN },
        { "search_collection", "top", float.NegativeInfinity },
        { "search_collection", "top", new Unreadable("The disk is gone.") },
        { "search_collection", "top", Gone() },
        { "search_collection", "top", Gone().RootElement },
        { "search_collection", "filter", new Dictionary<string, object> { ["must"] = double.PositiveInfinity } },
    };

    [Theory]
    [MemberData(nameof(WithoutJson), DisableDiscoveryEnumeration = true)]
    public async Task Invoke_ValueWithoutJson_ReturnsItsName(string name, string argument, object value)
    {
        using var plugin = FakePlugin.Unasked();
        Dictionary<string, object?> arguments = new() { ["question"] = "What?" };
        if (name == "search_collection") arguments = new() { ["collection"] = "stock", ["query"] = "wings" };
        arguments[argument] = value;

        var result = await plugin.CallAsync(name, arguments);

        Assert.Equal("invalid_argument", result.Code());
        Assert.Contains($"'{argument}' is a {value.GetType().Name} that has no form in JSON", result.Message(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SearchCollection_NoName_IsToldBeforeTheServiceIsAsked()
    {
        using var plugin = FakePlugin.Unasked();

        var result = await plugin.CallAsync("search_collection", """{"collection":"..","query":"What?"}""");

        Assert.Equal("invalid_argument", result.Code());
        Assert.Contains("'collection' is wrong: '..' is no name of a collection", result.Message(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EvaluateBatch_TextThatIsNoJson_IsToldThatAListIsWanted()
    {
        using var plugin = FakePlugin.Unasked();

        var result = await plugin.CallAsync("evaluate_batch", """{"questions":"What is 1 + 1?"}""");

        Assert.Contains("'questions' must be a list of objects, in JSON, not \"What is 1 + 1?\"", result.Message(), StringComparison.Ordinal);
    }

    static JsonDocument Gone()
    {
        var document = JsonDocument.Parse("5");
        document.Dispose();
        return document;
    }

    sealed class Unreadable(string why)
    {
        public string Text => throw new IOException(why);
    }
}
