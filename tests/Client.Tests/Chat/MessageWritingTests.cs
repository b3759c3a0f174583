using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Tests.Chat;

public sealed class MessageWritingTests
{
    [Fact]
    public async Task Messages_OfEveryRole_AreOpenAis()
    {
        var body = await ClientCalls.BodyOfAsync(
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.User, [new TextContent("What does "), new TextContent("a muog cost?")]) { AuthorName = "ann" },
            new(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent("I look."), new FunctionCallContent("t1", "price", new Dictionary<string, object?> { ["of"] = "muog", ["many"] = 2 })]),
            new(ChatRole.Assistant, [new FunctionCallContent("t2", "now")]),
            new(ChatRole.Tool, [new FunctionResultContent("t1", "93"), new FunctionResultContent("t2", new Dictionary<string, object?> { ["hour"] = 7 })]),
            new(ChatRole.User, ""),
        ]);

        Assert.Equal(
            """{"model":"auto","messages":[{"role":"system","content":"Be brief."},{"role":"user","name":"ann","content":"What does a muog cost?"},"""
            + """{"role":"assistant","content":"I look.","tool_calls":[{"id":"t1","type":"function","function":{"name":"price","arguments":"{\"of\":\"muog\",\"many\":2}"}}]},"""
            + """{"role":"assistant","content":null,"tool_calls":[{"id":"t2","type":"function","function":{"name":"now","arguments":"{}"}}]},"""
            + """{"role":"tool","tool_call_id":"t1","content":"93"},{"role":"tool","tool_call_id":"t2","content":"{\"hour\":7}"},{"role":"user","content":""}]}""",
            body);
    }

    public static TheoryData<ChatMessage, string> NotMapped => new()
    {
        { new ChatMessage(ChatRole.User, [new UriContent("http://host/cat.png", "image/png")]), "'user' has a UriContent" },
        { new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]), "'user' has a DataContent" },
        { new ChatMessage(ChatRole.User, [new FunctionCallContent("t1", "price")]), "'user' has a FunctionCallContent" },
        { new ChatMessage(ChatRole.Tool, [new TextContent("93")]), "'tool' has a TextContent" },
        { new ChatMessage(ChatRole.User, [null!]), "'user' has null for a content" },
    };

    [Theory]
    [MemberData(nameof(NotMapped))]
    public async Task Content_WithoutAPlaceOnTheWire_IsRefusedByName(ChatMessage message, string words)
    {
        var refused = await Assert.ThrowsAsync<NotSupportedException>(() => ClientCalls.BodyOfAsync([message]));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Result_OfFunctionsOwnKinds_IsText()
    {
        var body = await ClientCalls.BodyOfAsync(
        [
            new(ChatRole.Tool,
            [
                new FunctionResultContent("a", System.Text.Json.JsonSerializer.SerializeToElement("text")),
                new FunctionResultContent("b", System.Text.Json.JsonSerializer.SerializeToElement(new[] { 1, 2 })),
                new FunctionResultContent("c", new TextContent("said")),
                new FunctionResultContent("d", null) { Exception = new InvalidOperationException("no price") },
                new FunctionResultContent("e", null),
            ]),
        ]);

        foreach (var (id, text) in ((string, string)[])[("a", "text"), ("b", "[1,2]"), ("c", "said"), ("d", "Error: no price"), ("e", "")])
            Assert.Contains($$"""{"role":"tool","tool_call_id":"{{id}}","content":"{{text}}"}""", body, StringComparison.Ordinal);
    }
}
