using Microsoft.Extensions.AI;
using Orchestrator.Client;

namespace Orchestrator.Host.Tests.Client;

/// <summary>The project's own chat client over the real service and the real zoo.</summary>
[Collection(ZooCollection.Name)]
public sealed class ChatClientTests(ZooService zoo)
{
    const string Question = "What is 17 + 25?";

    [Fact]
    public async Task GetResponse_ToAuto_AnswersAndTellsTheRoute()
    {
        using var client = Client();

        var answer = await client.GetResponseAsync(Question);

        Assert.EndsWith("Answer: 42", answer.Text, StringComparison.Ordinal);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.True(answer.Usage!.TotalTokenCount > answer.Usage.OutputTokenCount);
        var route = answer.GetRoute()!;
        Assert.Equal(("auto", answer.ModelId), (route.Policy, route.Expert));
        Assert.InRange(route.Confidence!.Value, 0, 1);
        Assert.True(route.Waited >= TimeSpan.Zero);
        Assert.StartsWith("req_", route.RequestId, StringComparison.Ordinal);
        Assert.Null(route.Panel);
    }

    [Fact]
    public async Task GetStreamingResponse_ToAuto_StreamsTheSame()
    {
        using var client = Client();
        List<ChatResponseUpdate> updates = [];

        await foreach (var update in client.GetStreamingResponseAsync(Question)) updates.Add(update);

        Assert.True(updates.Count(update => update.Text.Length > 0) > 1);
        Assert.Equal("auto", updates[0].GetRoute()!.Policy);
        var streamed = updates.ToChatResponse();
        var whole = await client.GetResponseAsync(Question);
        Assert.Equal((whole.Text, whole.ModelId, whole.FinishReason), (streamed.Text, streamed.ModelId, streamed.FinishReason));
        Assert.Equal(whole.Usage!.TotalTokenCount, streamed.Usage!.TotalTokenCount);
    }

    [Fact]
    public async Task GetResponse_OfAPanel_HasTheReport()
    {
        using var client = Client();

        var route = (await client.GetResponseAsync(Question, new ChatOptions { ModelId = "trio", MaxOutputTokens = 16 })).GetRoute()!;

        Assert.True(route.Panel!.Value.GetProperty("panel").GetArrayLength() > 0);
        Assert.Equal("trio", route.Policy);
    }

    [Fact]
    public async Task GetResponse_EveryOptionOfTheService_IsTaken()
    {
        using var client = Client();

        var answer = await client.GetResponseAsync(
            [new ChatMessage(ChatRole.User, Question) { AuthorName = "ann" }],
            new ChatOptions
            {
                ModelId = "symbolic-moe",
                Instructions = "Be brief.",
                Temperature = 0,
                TopP = 0.9f,
                TopK = 5,
                MaxOutputTokens = 8,
                Seed = 1,
                FrequencyPenalty = 0.1f,
                PresencePenalty = 0.1f,
                StopSequences = ["never said"],
                ResponseFormat = ChatResponseFormat.Text,
                Reasoning = new ReasoningOptions { Effort = ReasoningEffort.None },
                AdditionalProperties = new()
                {
                    [OrchestratorOptions.MinP] = 0.05,
                    [OrchestratorOptions.RepeatPenalty] = 1.1,
                    [OrchestratorOptions.ServiceTier] = "flex",
                    [OrchestratorOptions.Skills] = new[] { "addition" },
                    [OrchestratorOptions.Prefer] = "size=0.2",
                    [OrchestratorOptions.Licence] = "mit",
                    [OrchestratorOptions.Variants] = "never",
                    ["user"] = "ann",
                },
            });

        Assert.NotEmpty(answer.Text);
    }

    [Fact]
    public async Task GetResponse_UnknownPolicy_ListsWhatThereIs()
    {
        using var client = Client("nobody");

        var unknown = await Assert.ThrowsAsync<OrchestratorException>(() => client.GetResponseAsync(Question));

        Assert.Equal((404, "model_not_found"), (unknown.Status, unknown.Code));
        Assert.Contains("'nobody' does not exist. Available: ", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("auto", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponse_UnknownProperty_IsRefusedByName()
    {
        using var client = Client();

        var refused = await Assert.ThrowsAsync<OrchestratorException>(
            () => client.GetResponseAsync(Question, new ChatOptions { AdditionalProperties = new() { ["tempreature"] = 0.5 } }));

        Assert.Contains("tempreature", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponse_WithTools_SaysWhatToDo()
    {
        using var client = Client();
        var tool = AIFunctionFactory.Create(() => 93, "price");

        var refused = await Assert.ThrowsAsync<OrchestratorException>(() => client.GetResponseAsync(Question, new ChatOptions { Tools = [tool] }));
        var results = await Assert.ThrowsAsync<OrchestratorException>(
            () => client.GetResponseAsync(
            [
                new ChatMessage(ChatRole.User, Question),
                new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("t1", "price")]),
                new ChatMessage(ChatRole.Tool, [new FunctionResultContent("t1", "93")]),
            ]));

        Assert.Contains("set 'tools: hermes'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Leave ChatOptions.Tools out, or give the tools to a planner", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Leave ChatOptions.Tools out", results.Message, StringComparison.Ordinal);
    }

    OrchestratorChatClient Client(string model = "auto") => new(new OrchestratorClientOptions { Endpoint = zoo.Address }, model);
}
