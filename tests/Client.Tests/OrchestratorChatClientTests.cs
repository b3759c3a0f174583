using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Tests;

public sealed class OrchestratorChatClientTests
{
    [Fact]
    public async Task GetResponseAsync_Question_GivesAnswerExpertAndUsage()
    {
        var service = ClientCalls.Answering();
        using var client = service.Chat();

        var answer = await client.GetResponseAsync("What is 17 + 25?");

        Assert.Equal(("42", "c1", "mason"), (answer.Text, answer.ResponseId, answer.ModelId));
        Assert.Equal((ChatFinishReason.Stop, ChatRole.Assistant, "c1"), (answer.FinishReason, answer.Messages[0].Role, answer.Messages[0].MessageId));
        Assert.Equal((7, 2, 9), (answer.Usage!.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.TotalTokenCount));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), answer.CreatedAt);
        Assert.Equal("""{"model":"auto","messages":[{"role":"user","content":"What is 17 + 25?"}]}""", Assert.Single(service.Asked).Body);
    }

    [Fact]
    public async Task GetResponseAsync_RouteHeadersAndPanel_AreTyped()
    {
        var service = new FakeService((_, _) =>
        {
            var reply = FakeService.Reply(ClientCalls.Answer.Replace("\"choices\"", "\"orchestrator\":{\"panel\":[{\"expert\":\"poet\"}]},\"choices\"", StringComparison.Ordinal));
            foreach (var (name, value) in ((string, string)[])
                [("policy", "trio"), ("expert", "planned"), ("confidence", "0.913"), ("coverage", "covered"), ("distance", "12.5"), ("wait-ms", "250"), ("variant", "q4"), ("asked", "mason,poet")])
                reply.Headers.Add($"x-orchestrator-{name}", value);
            reply.Headers.Add("x-request-id", "req_1");
            return reply;
        });
        using var client = service.Chat();

        var answer = await client.GetResponseAsync("hi");

        var route = answer.GetRoute()!;
        Assert.Equal(route, answer.Messages[0].AdditionalProperties![RouteDetails.Key]);
        Assert.Equal(("trio", "mason", 0.913, "covered", 12.5), (route.Policy, route.Expert, route.Confidence, route.Coverage, route.Distance));
        Assert.Equal((TimeSpan.FromMilliseconds(250), "q4", "req_1"), (route.Waited, route.Variant, route.RequestId));
        Assert.Equal(["mason", "poet"], route.Asked);
        Assert.Equal("poet", route.Panel!.Value.GetProperty("panel")[0].GetProperty("expert").GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("null")]
    [InlineData("<html>")]
    public async Task GetResponseAsync_ReplyWithoutAnswer_IsSaid(string reply)
    {
        using var client = FakeService.Of(reply).Chat();

        var strange = await Assert.ThrowsAsync<OrchestratorException>(() => client.GetResponseAsync("hi"));

        Assert.Contains("is not Orchestrator's", strange.Message, StringComparison.Ordinal);
        Assert.False(strange.Emitted);
    }

    [Fact]
    public async Task GetResponseAsync_CallsOfTools_AreGivenToTheCaller()
    {
        using var client = FakeService.Of("""
            {"id":"c1","model":"planner","choices":[{"message":{"role":"assistant","content":null,"tool_calls":[
              {"id":"t1","type":"function","function":{"name":"price","arguments":"{\"of\":\"muog\",\"many\":2}"}},
              {"id":"t2","type":"function","function":{"name":"now","arguments":""}},
              {"id":"t3","type":"function","function":{"name":"odd","arguments":"{no"}}]},"finish_reason":"tool_calls"}]}
            """).Chat();

        var answer = await client.GetResponseAsync("hi");

        var calls = answer.Messages[0].Contents.Cast<FunctionCallContent>().ToArray();
        Assert.Equal([("t1", "price"), ("t2", "now"), ("t3", "odd")], calls.Select(call => (call.CallId, call.Name)));
        Assert.Equal(("muog", "2"), ($"{calls[0].Arguments!["of"]}", $"{calls[0].Arguments!["many"]}"));
        Assert.Empty(calls[1].Arguments!);
        Assert.NotNull(calls[2].Exception);
        Assert.Equal(ChatFinishReason.ToolCalls, answer.FinishReason);
    }

    [Fact]
    public async Task GetResponseAsync_InAPipelineThatInvokes_SendsTheResultsBack()
    {
        var service = new FakeService((_, body) => FakeService.Reply(body.Contains("tool_call_id", StringComparison.Ordinal)
            ? ClientCalls.Answer
            : """{"id":"c0","model":"planner","choices":[{"message":{"content":null,"tool_calls":[{"id":"t1","function":{"name":"price","arguments":"{\"of\":\"muog\"}"}}]},"finish_reason":"tool_calls"}]}"""));
        using var client = service.Chat().AsBuilder().UseFunctionInvocation().Build();
        var price = AIFunctionFactory.Create((string of) => $"{of} costs 93", "price");

        var answer = await client.GetResponseAsync("What does a muog cost?", new ChatOptions { Tools = [price] });

        Assert.Equal("42", answer.Text);
        Assert.Equal(2, service.Asked.Count);
        Assert.Contains(
            """{"role":"assistant","content":null,"tool_calls":[{"id":"t1","type":"function","function":{"name":"price","arguments":"{\"of\":\"muog\"}"}}]},{"role":"tool","tool_call_id":"t1","content":"muog costs 93"}""",
            service.Asked[1].Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public void GetService_Metadata_NamesEndpointAndModel()
    {
        using var client = ClientCalls.Answering().Chat();

        var metadata = client.GetRequiredService<ChatClientMetadata>();

        Assert.Equal(("orchestrator", "auto", "http://host:8080/"), (metadata.ProviderName, metadata.DefaultModelId, $"{metadata.ProviderUri}"));
        Assert.Same(client, client.GetService(typeof(IChatClient)));
        Assert.Same(client, client.GetService(typeof(OrchestratorChatClient)));
        Assert.Null(client.GetService(typeof(string)));
        Assert.Null(client.GetService(typeof(ChatClientMetadata), "key"));
    }
}
