using System.Net;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Orchestrator.Host.Tests.Mcp;

/// <summary>The real service, asked by the protocol's own client.</summary>
[Collection(ZooCollection.Name)]
public sealed class McpTests(ZooService zoo) : IAsyncLifetime
{
    McpClient _client = null!;

    public async Task InitializeAsync() => _client = await McpConnection.OpenAsync(zoo.Http);

    public async Task DisposeAsync() => await _client.DisposeAsync();

    [Fact]
    public void Connect_ServerSaysWhatItIs()
    {
        Assert.Equal("orchestrator", _client.ServerInfo?.Name);
        Assert.Equal("0.1.0", _client.ServerInfo?.Version);
        Assert.Contains("ask_experts", _client.ServerInstructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListTools_AreThePluginsFunctions()
    {
        var tools = await _client.ListToolsAsync();

        Assert.Equal(
            ["ask_experts", "evaluate_batch", "list_experts", "route_question", "search_collection"],
            tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        var ask = tools.Single(tool => tool.Name == "ask_experts").JsonSchema;
        Assert.Equal("string", ask.GetProperty("properties").GetProperty("question").GetProperty("type").GetString());
        Assert.Equal(["question"], ask.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.All(tools, tool => Assert.NotEmpty(tool.Description));
    }

    [Fact]
    public async Task ListTools_EachHasATitleAndSaysThatItOnlyReads()
    {
        var tools = await _client.ListToolsAsync();

        Assert.Equal(
            ["Ask experts", "Evaluate batch", "List experts", "Route question", "Search collection"],
            tools.Select(tool => tool.Title).Order(StringComparer.Ordinal));
        Assert.All(tools, tool =>
        {
            var hints = tool.ProtocolTool.Annotations!;
            Assert.Equal((true, false, true, false), (hints.ReadOnlyHint, hints.DestructiveHint, hints.IdempotentHint, hints.OpenWorldHint));
        });
    }

    [Fact]
    public async Task AskExperts_ASum_IsAnsweredByTheRoutedExpert()
    {
        var result = await CallAsync("ask_experts", ("question", "What is 17 + 25?"));

        Assert.NotEqual(true, result.IsError);
        Assert.Contains("Answer: 42", TextOf(result), StringComparison.Ordinal);
        Assert.Contains("\"expert\":", TextOf(result), StringComparison.Ordinal);
        Assert.DoesNotContain("\\u", TextOf(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskExperts_WithoutAQuestion_IsAnErrorThatNamesIt()
    {
        var result = await CallAsync("ask_experts");

        Assert.True(result.IsError);
        Assert.Contains("'question' is missing", TextOf(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskExperts_UnknownPolicy_IsAnErrorOfTheService()
    {
        var result = await CallAsync("ask_experts", ("question", "hello"), ("policy", "nobody"));

        Assert.True(result.IsError);
        Assert.Contains("model_not_found", TextOf(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallTool_Unknown_IsAnErrorOfTheProtocol()
    {
        var refused = await Assert.ThrowsAnyAsync<McpException>(() => CallAsync("no_such_tool"));

        Assert.Contains("no_such_tool", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("initialize", "[1]")]
    [InlineData("initialize", "{}")]
    [InlineData("initialize", "\"x\"")]
    [InlineData("initialize", "5")]
    [InlineData("initialize", "null")]
    [InlineData("tools/call", """{"name":"ask_experts","arguments":[]}""")]
    [InlineData("tools/call", """{"name":"ask_experts","arguments":"x"}""")]
    [InlineData("tools/call", """{"arguments":{}}""")]
    [InlineData("tools/call", """{"name":"ask_experts","arguments":{"question":"\ud800"}}""")]
    [InlineData("tools/list", "[1]")]
    [InlineData("ping", "5")]
    public async Task Post_WrongParams_AreRefusedAsSuch(string method, string wrong)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = ChatCalls.Json($$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}","params":{{wrong}}}"""),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");

        using var response = await zoo.Http.SendAsync(request);

        var reply = await response.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith($$$"""{"jsonrpc":"2.0","id":7,"error":{"code":-32602,"message":"The params of '{{{method}}}' """, reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"no/such","params":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":5}""")]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"initialize","params":5}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"\ud800","method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"\ud800"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","\ud800":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":5}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":""")]
    [InlineData("""[1,2]""")]
    [InlineData("")]
    public async Task Post_NoProperMessage_IsNoFailureOfTheServer(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = ChatCalls.Json(body) };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");

        using var response = await zoo.Http.SendAsync(request);

        var reply = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode < 500, $"{(int)response.StatusCode}: {reply}");
        Assert.Contains("\"error\"", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NoSessions_IsNotAllowed()
    {
        using var response = await zoo.Http.GetAsync("/mcp");

        await response.ReadErrorAsync(HttpStatusCode.MethodNotAllowed);
    }

    async Task<CallToolResult> CallAsync(string tool, params (string Name, object? Value)[] arguments) =>
        await _client.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Name, argument => argument.Value));

    static string TextOf(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
}
