using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Tests.Chat;

public sealed class RequestWritingTests
{
    [Fact]
    public async Task Messages_WithNull_AreRefusedByItsPlace()
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => ClientCalls.BodyOfAsync([new(ChatRole.User, "hi"), null!]));

        Assert.Contains("messages[1] is null", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_EveryMember_IsAFieldOfTheRequest()
    {
        var body = await ClientCalls.BodyOfAsync(new ChatOptions
        {
            ModelId = "trio",
            Instructions = "Be brief.",
            Temperature = 0.7f,
            TopP = 0.9f,
            TopK = 40,
            MaxOutputTokens = 64,
            Seed = -5,
            FrequencyPenalty = 0.5f,
            PresencePenalty = -0.5f,
            StopSequences = ["\n", "END"],
            ResponseFormat = ChatResponseFormat.Text,
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.None },
        });

        Assert.Equal(
            """{"model":"trio","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"hi"}],"temperature":0.7,"top_p":0.9,"top_k":40,"max_completion_tokens":64,"seed":-5,"frequency_penalty":0.5,"presence_penalty":-0.5,"stop":["\n","END"],"reasoning_effort":"none","response_format":{"type":"text"}}""",
            body);
    }

    [Fact]
    public async Task ResponseFormat_Json_GoesToTheService()
    {
        using var schema = JsonDocument.Parse("""{"type":"object"}""");

        Assert.Contains("\"response_format\":{\"type\":\"json_object\"}", await ClientCalls.BodyOfAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.Json }), StringComparison.Ordinal);
        Assert.Contains(
            "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"price\",\"schema\":{\"type\":\"object\"}}}",
            await ClientCalls.BodyOfAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement, "price") }),
            StringComparison.Ordinal);
    }

    public static TheoryData<ChatOptions, string> NotMapped => new()
    {
        { new ChatOptions { ConversationId = "x" }, "ChatOptions.ConversationId" },
        { new ChatOptions { Reasoning = new ReasoningOptions { Output = ReasoningOutput.Full } }, "ChatOptions.Reasoning.Output" },
        { new ChatOptions { Tools = [new HostedWebSearchTool()] }, "HostedWebSearchTool" },
    };

    [Theory]
    [MemberData(nameof(NotMapped))]
    public async Task Options_WithoutAPlaceOnTheWire_AreRefusedByName(ChatOptions options, string name)
    {
        var service = ClientCalls.Answering();
        using var client = service.Chat();

        var refused = await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync("hi", options));

        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.Empty(service.Asked);
    }
}
