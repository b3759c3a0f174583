using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.AI;
using Orchestrator.Client.Tests.Plugin;

namespace Orchestrator.Client.Tests.Wire;

/// <summary>Replies that are JSON, but of some other server.</summary>
public sealed class StrangeRepliesTests
{
    public static TheoryData<string, string> Calls => new()
    {
        { "{}", "embed" },
        { """{"data":[null],"model":"m"}""", "embed" },
        { """{"data":[{"index":0,"embedding":null}],"model":"m"}""", "embed" },
        { """{"data":[{"index":0,"embedding":"AAA="}],"model":"m"}""", "embed" },
        { """{"data":[{"index":7,"embedding":"AAAAAA=="}],"model":"m"}""", "embed" },
        { "{}", "find" },
        { "{}", "create" },
        { "{}", "delete" },
        { "{}", "upsert" },
        { "{}", "query" },
        { """{"results":[null]}""", "query" },
        { """{"results":[{"id":null,"score":1}]}""", "query" },
        { "{}", "chat" },
        { """{"choices":[null]}""", "chat" },
        { """{"choices":[{"message":{"tool_calls":[null]}}]}""", "chat" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_ReplyOfAnotherShape_IsNotOrchestrators(string reply, string call)
    {
        var strange = await Assert.ThrowsAsync<OrchestratorException>(() => CallAsync(call, FakeService.Of(reply)));

        Assert.Equal("not_orchestrator", strange.Code);
        AssertEndpointAdvice(strange.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Chat_Page_SaysWhatItIsAndThatTheEndpointIsWrong(bool streamed)
    {
        var service = new FakeService((_, _) => new HttpResponseMessage { Content = new StringContent("<!DOCTYPE html>", Encoding.UTF8, "text/html") });
        using var client = service.Chat();

        var strange = Assert.IsType<OrchestratorException>(
            streamed ? (await client.ReadAsync()).Failure : await Record.ExceptionAsync(() => client.GetResponseAsync("hi")));

        Assert.Equal("not_orchestrator", strange.Code);
        Assert.Contains("'text/html'", strange.Message, StringComparison.Ordinal);
        AssertEndpointAdvice(strange.Message);
    }

    [Theory]
    [InlineData("data: [DONE]\n\n")]
    [InlineData("data: {}\n\ndata: [DONE]\n\n")]
    [InlineData("data: {\"choices\":[null]}\n\n")]
    [InlineData("data: <html>\n\n")]
    public async Task Chat_StreamWithoutAnswer_IsNotOrchestrators(string events)
    {
        using var client = new FakeEvents(events).Chat();

        var strange = Assert.IsType<OrchestratorException>((await client.ReadAsync()).Failure);

        Assert.Equal("not_orchestrator", strange.Code);
        AssertEndpointAdvice(strange.Message);
    }

    [Theory]
    [InlineData("ask_experts", """{"question":"What?"}""", "{}")]
    [InlineData("ask_experts", """{"question":"What?"}""", """{"choices":[{"message":{"content":"42"}}],"orchestrator":{"panel":[null]}}""")]
    [InlineData("route_question", """{"question":"What?"}""", "{}")]
    [InlineData("list_experts", "{}", "{}")]
    [InlineData("list_experts", "{}", """{"data":[null]}""")]
    [InlineData("evaluate_batch", """{"questions":[{"question":"What?","reference":"That."}]}""", "{}")]
    [InlineData("search_collection", """{"collection":"stock","query":"What?"}""", "{}")]
    public async Task Tool_ReplyOfAnotherShape_IsAResult(string name, string arguments, string reply)
    {
        using var plugin = FakePlugin.Of(reply);

        var result = await plugin.CallAsync(name, arguments);

        Assert.Equal("not_orchestrator", result.Code());
        AssertEndpointAdvice(result.Message());
    }

    [Fact]
    public async Task Call_UnknownEncoding_IsNotOrchestrators()
    {
        var service = new FakeService((_, _) => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(ClientCalls.Answer)) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-99") } },
        });

        Assert.Equal("not_orchestrator", (await Assert.ThrowsAsync<OrchestratorException>(() => service.Chat().GetResponseAsync("hi"))).Code);
    }

    [Theory]
    [InlineData("99999999999999")]
    [InlineData("-1")]
    public async Task Chat_TimeOutOfRange_IsLeftOut(string created)
    {
        var service = FakeService.Of(ClientCalls.Answer.Replace("1767225600", created, StringComparison.Ordinal));

        Assert.Null((await service.Chat().GetResponseAsync("hi")).CreatedAt);
    }

    /// <summary>And none that does not help: the same would come again, and where in which type of the client it went wrong says nothing.</summary>
    static void AssertEndpointAdvice(string message)
    {
        Assert.Contains("is not Orchestrator's: ", message, StringComparison.Ordinal);
        Assert.EndsWith(
            "Probably the endpoint is wrong: OrchestratorClientOptions.Endpoint is the service's address, all that comes before /v1.", message, StringComparison.Ordinal);
        foreach (var word in (string[])["ask again", "LineNumber", "BytePosition", "Path:", "Orchestrator.Client"])
            Assert.DoesNotContain(word, message, StringComparison.Ordinal);
    }

    static Task CallAsync(string call, FakeService service) => call switch
    {
        "embed" => new OrchestratorEmbeddingGenerator(ClientCalls.Options, http: service.Client()).GenerateAsync(["a"]),
        "create" => Collections(service).CreateAsync("stock"),
        "find" => Collections(service).FindAsync("stock"),
        "delete" => Collections(service).DeleteAsync("stock"),
        "upsert" => Collections(service).UpsertAsync("stock", [new("a", "b")]),
        "query" => Collections(service).QueryAsync("stock", new("a")),
        _ => service.Chat().GetResponseAsync("hi"),
    };

    static OrchestratorCollections Collections(FakeService service) => new(ClientCalls.Options, service.Client());
}
