using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Tests.Plugin;

public sealed class PluginFunctionTests
{
    const string Answer = """{"id":"c1","model":"mason","choices":[{"message":{"role":"assistant","content":"Answer: 42"},"finish_reason":"stop"}]}""";

    const string Unknown = """
        {"error":{"message":"The model 'nobody' does not exist. Available: auto, mason.","type":"invalid_request_error","param":"model","code":"model_not_found"}}
        """;

    [Theory]
    [InlineData("ask_experts", """{"question":"What?","policy":"nobody"}""")]
    [InlineData("route_question", """{"question":"What?","policy":"nobody"}""")]
    [InlineData("list_experts", "{}")]
    [InlineData("evaluate_batch", """{"questions":[{"question":"What?","reference":"That."}],"policy":"nobody"}""")]
    [InlineData("search_collection", """{"collection":"stock","query":"What?"}""")]
    public async Task Invoke_ServiceRefuses_ReturnsItsWordsAsAResult(string name, string arguments)
    {
        using var plugin = FakePlugin.Of(Unknown, HttpStatusCode.NotFound);

        var result = await plugin.CallAsync(name, arguments);

        Assert.Equal("model_not_found", result.Code());
        Assert.Equal("The model 'nobody' does not exist. Available: auto, mason.", result.Message());
    }

    [Theory]
    [InlineData(0, "There is none at all: documents must be added to one before they can be found.")]
    [InlineData(2, "There are: c00, c01.")]
    [InlineData(21, "c18, c19 and 1 more.")]
    public async Task SearchCollection_NoSuchCollection_ListsThoseThatThereAre(int collections, string told)
    {
        var all = string.Join(',', Enumerable.Range(0, collections).Reverse().Select(at => $$"""{"object":"collection","name":"c{{at:00}}"}"""));
        using var plugin = new FakePlugin(new FakeService((request, _) => request.Method == HttpMethod.Get
            ? FakeService.Reply($$"""{"object":"list","data":[{{all}}]}""")
            : FakeService.Reply("""{"error":{"message":"There is no collection 'x'.","code":"collection_not_found"}}""", HttpStatusCode.NotFound)));

        var result = await plugin.CallAsync("search_collection", """{"collection":"x","query":"What?"}""");

        Assert.Equal("collection_not_found", result.Code());
        Assert.StartsWith("There is no collection 'x'. There ", result.Message(), StringComparison.Ordinal);
        Assert.EndsWith(told, result.Message(), StringComparison.Ordinal);
        Assert.Equal("/v1/collections", plugin.Service.Asked[^1].Path);
    }

    [Theory]
    [InlineData("""{"error":{"message":"No.","type":"invalid_request_error"}}""", HttpStatusCode.BadRequest, "invalid_request_error")]
    [InlineData("<html>", HttpStatusCode.NotFound, "not_orchestrator")]
    [InlineData("<html>", HttpStatusCode.Forbidden, "refused")]
    [InlineData("<html>", HttpStatusCode.BadGateway, "service_unavailable")]
    public async Task Invoke_RefusedWithoutACode_HasAFittingOne(string reply, HttpStatusCode status, string code)
    {
        using var plugin = FakePlugin.Of(reply, status);

        Assert.Equal(code, (await plugin.CallAsync("list_experts", "{}")).Code());
    }

    [Fact]
    public async Task Invoke_NoService_ReturnsWhatToDo()
    {
        using var plugin = new FakePlugin(new FakeService((_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused")));

        var result = await plugin.CallAsync("list_experts", "{}");

        Assert.Equal("unreachable", result.Code());
        Assert.Contains("http://host:8080", result.Message(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_CallerCancels_Throws()
    {
        using var plugin = FakePlugin.Of(Answer);
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => plugin.CallAsync("ask_experts", """{"question":"What?"}""", gone.Token));
    }

    /// <summary>Through Semantic Kernel there are none.</summary>
    [Fact]
    public async Task Invoke_Services_AreNotAsked()
    {
        using var plugin = FakePlugin.Of(Answer);
        var arguments = new AIFunctionArguments { ["question"] = "What?" };

        arguments.Services = null;
        var without = await plugin["ask_experts"].InvokeAsync(arguments);
        arguments.Services = new NoServices();
        var with = await plugin["ask_experts"].InvokeAsync(arguments);

        Assert.Equal("Answer: 42", Assert.IsType<JsonElement>(without).GetProperty("answer").GetString());
        Assert.True(JsonElement.DeepEquals((JsonElement)without, Assert.IsType<JsonElement>(with)));
    }

    /// <summary>Semantic Kernel hands over all arguments that its functions share.</summary>
    [Fact]
    public async Task Invoke_ArgumentsOfOthers_ArePassedOver()
    {
        using var plugin = FakePlugin.Of(Answer);

        var result = await plugin.CallAsync("ask_experts", new Dictionary<string, object?> { ["question"] = "What?", ["history"] = new object() });

        Assert.Equal("mason", result.GetProperty("expert").GetString());
    }

    sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => throw new InvalidOperationException($"{serviceType} was asked for.");
    }
}
