using System.Text.Json;
using Microsoft.Extensions.AI;
using Orchestrator.Client;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Plugin;

/// <summary>An agent's tools over the real zoo.</summary>
public sealed class PluginOverZooTests : IClassFixture<PluginOverZooTests.Zoo>
{
    readonly Zoo _zoo;

    public PluginOverZooTests(Zoo zoo) => _zoo = zoo;

    [Fact]
    public async Task AskExperts_Sum_IsAnsweredByAnExpertForSums()
    {
        var result = await CallAsync("ask_experts", """{"question":"What is 17 + 25?"}""");

        Assert.EndsWith("42", result.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Equal("auto", result.GetProperty("policy").GetString());
        Assert.InRange(result.GetProperty("confidence").GetDouble(), 0.5, 1);
        Assert.Equal("covered", result.GetProperty("coverage").GetString());
    }

    [Fact]
    public async Task RouteQuestion_Sum_NamesWhoWouldAnswerItAndWhy()
    {
        var planned = await CallAsync("route_question", """{"question":"What is 17 + 25?","policy":"symbolic-moe","skills":["add"]}""");

        Assert.Equal("symbolic-moe", planned.GetProperty("policy").GetString());
        Assert.NotEmpty(planned.GetProperty("asked").EnumerateArray());
        Assert.Contains("add", planned.GetProperty("reasons").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListExperts_NamesWhatPolicyTakes()
    {
        var listed = await CallAsync("list_experts", """{"about":"sums"}""");
        var all = await CallAsync("list_experts", "{}");

        Assert.Contains(all.GetProperty("policies").EnumerateArray(), policy =>
            policy.GetProperty("id").GetString() == "auto" && policy.GetProperty("description").GetString() == "The expert that is expected to answer best.");
        Assert.Contains(all.GetProperty("experts").EnumerateArray(), expert => expert.GetProperty("id").GetString() == "mason");
        Assert.True(listed.GetProperty("experts").GetArrayLength() < all.GetProperty("experts").GetArrayLength());
    }

    [Fact]
    public async Task EvaluateBatch_LabelledQuestions_GivesTheScoreAndEachResult()
    {
        var result = await CallAsync("evaluate_batch", """
            {"questions":[
              {"question":"What is 17 + 25?","reference":"42","grader":"numeric"},
              {"question":"What is 12 + 30?","reference":"42"},
              {"id":"trap","question":"What is 20 + 20?","reference":"41"}]}
            """);

        Assert.Equal(0.6667, result.GetProperty("score").GetDouble());
        Assert.Equal((2, 3, 0), (result.GetProperty("right").GetInt32(), result.GetProperty("questions").GetInt32(), result.GetProperty("failed").GetInt32()));
        Assert.Equal(["1", "2", "trap"], result.GetProperty("results").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
        Assert.False(result.GetProperty("results")[2].GetProperty("right").GetBoolean());
    }

    [Fact]
    public async Task SearchCollection_FilterAndQuery_FindsTheDocument()
    {
        using var collections = new OrchestratorCollections(_zoo.Options);
        await collections.CreateAsync("manuals");
        await collections.UpsertAsync("manuals",
        [
            new CollectionDocument("crop", "The crop tool removes the edges of a picture.") { Metadata = new Dictionary<string, object?> { ["year"] = 1958 } },
            new CollectionDocument("index", "An index makes queries of a large table faster.") { Metadata = new Dictionary<string, object?> { ["year"] = 1962 } },
        ]);

        var found = await CallAsync("search_collection", """{"collection":"manuals","query":"slow queries of a table","top":1}""");
        var older = await CallAsync("search_collection", """
            {"collection":"manuals","query":"slow queries of a table","filter":{"must":[{"key":"year","range":{"lt":1960}}]}}
            """);

        Assert.Equal("index", Assert.Single(found.GetProperty("hits").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal("crop", Assert.Single(older.GetProperty("hits").EnumerateArray()).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("ask_experts", """{"question":"What is 17 + 25?","policy":"nobody"}""", "model_not_found")]
    [InlineData("route_question", """{"question":"What is 17 + 25?","policy":"nobody"}""", "model_not_found")]
    [InlineData("evaluate_batch", """{"questions":[{"question":"a","reference":"b"}],"policy":"nobody"}""", "model_not_found")]
    [InlineData("evaluate_batch", """{"questions":[{"question":"a","reference":"b","grader":"numeric"}]}""", "invalid_value")]
    [InlineData("search_collection", """{"collection":"nowhere","query":"a"}""", "collection_not_found")]
    public async Task Call_NameThatIsNone_ReturnsTheServicesError(string name, string arguments, string code)
    {
        var result = await CallAsync(name, arguments);

        Assert.Equal(code, result.GetProperty("error").GetProperty("code").GetString());
    }

    async Task<JsonElement> CallAsync(string name, string arguments)
    {
        using var plugin = new OrchestratorPlugin(_zoo.Options);
        var given = JsonElement.Parse(arguments).EnumerateObject().ToDictionary(field => field.Name, object? (field) => field.Value);
        var result = await plugin.Functions.Single(function => function.Name == name).InvokeAsync(new AIFunctionArguments(given));
        return Assert.IsType<JsonElement>(result);
    }

    /// <summary>One for all of them, with collections of its own.</summary>
    public sealed class Zoo : IAsyncLifetime
    {
        readonly TemporaryFolder _folder = new();
        ZooService? _service;

        public OrchestratorClientOptions Options => new() { Endpoint = _service!.Address };

        public Task InitializeAsync()
        {
            _service = ZooService.WithCollections(_folder);
            return _service.InitializeAsync();
        }

        public async Task DisposeAsync()
        {
            await _service!.DisposeAsync();
            _folder.Dispose();
        }
    }
}
