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
        Assert.Contains("is not Orchestrator's", strange.Message, StringComparison.Ordinal);
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

        Assert.Equal("not_orchestrator", (await plugin.CallAsync(name, arguments)).Code());
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task Call_UnknownEncoding_IsNotOrchestrators(HttpStatusCode status)
    {
        var service = new FakeService((_, _) => new HttpResponseMessage(status)
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
