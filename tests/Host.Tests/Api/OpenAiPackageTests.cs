using System.ClientModel;
using OpenAI;
using OpenAI.Chat;
using Orchestrator.Host.Tests.Tools;

namespace Orchestrator.Host.Tests.Api;

/// <summary>OpenAI's own .NET client, unmodified.</summary>
[Collection(ZooCollection.Name)]
public sealed class OpenAiPackageTests(ZooService zoo)
{
    const string Question = "What is 17 + 25?";

    [Fact]
    public async Task CompleteChat_ToAuto_Answers()
    {
        ChatCompletion completion = await Client("auto").CompleteChatAsync(new UserChatMessage(Question));

        Assert.EndsWith("Answer: 42", completion.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, completion.FinishReason);
        Assert.True(completion.Usage.TotalTokenCount > 0);
    }

    [Fact]
    public async Task CompleteChatStreaming_ToAuto_StreamsTheSameAnswer()
    {
        var text = "";
        ChatFinishReason? finish = null;
        await foreach (var update in Client("auto").CompleteChatStreamingAsync(new UserChatMessage(Question)))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            finish ??= update.FinishReason;
        }

        Assert.EndsWith("Answer: 42", text);
        Assert.Equal(ChatFinishReason.Stop, finish);
    }

    [Fact]
    public async Task CompleteChat_UnknownModel_ThrowsItsOwn404()
    {
        var failure = await Assert.ThrowsAsync<ClientResultException>(
            () => Client("nobody").CompleteChatAsync(new UserChatMessage(Question)));

        Assert.Equal(404, failure.Status);
    }

    [Fact]
    public async Task CompleteChat_WithATool_CallsItAndAnswersFromItsResult()
    {
        await using var service = await CallingExperts.StartAsync();
        var client = Client("auto", service.Http.BaseAddress!);
        List<ChatMessage> messages = [new UserChatMessage("What does a muog cost?")];

        ChatCompletion asked = await client.CompleteChatAsync(messages, new ChatCompletionOptions { Tools = { Price } });
        messages.Add(new AssistantChatMessage(asked));
        messages.AddRange(asked.ToolCalls.Select(call => new ToolChatMessage(call.Id, "93")));
        ChatCompletion answer = await client.CompleteChatAsync(messages, new ChatCompletionOptions { Tools = { Price } });

        Assert.Equal(ChatFinishReason.ToolCalls, asked.FinishReason);
        Assert.All(asked.ToolCalls, call => Assert.Equal(("price", "{\"of\": \"muog\"}"), (call.FunctionName, call.FunctionArguments.ToString())));
        Assert.Equal("It costs 93.", answer.Content[0].Text);
    }

    [Fact]
    public async Task CompleteChatStreaming_WithATool_StreamsTheCalls()
    {
        await using var service = await CallingExperts.StartAsync();
        List<StreamingChatToolCallUpdate> calls = [];
        ChatFinishReason? finish = null;

        await foreach (var update in Client("auto", service.Http.BaseAddress!)
            .CompleteChatStreamingAsync([new UserChatMessage("What does a muog cost?")], new ChatCompletionOptions { Tools = { Price } }))
        {
            calls.AddRange(update.ToolCallUpdates);
            finish ??= update.FinishReason;
        }

        Assert.Equal([0, 1], calls.Select(call => call.Index));
        Assert.All(calls, call => Assert.Equal(("price", "{\"of\": \"muog\"}"), (call.FunctionName, call.FunctionArgumentsUpdate.ToString())));
        Assert.Equal(ChatFinishReason.ToolCalls, finish);
    }

    static readonly ChatTool Price = ChatTool.CreateFunctionTool(
        "price", "What it costs.", BinaryData.FromString("""{"type":"object","properties":{"of":{"type":"string"}},"required":["of"]}"""));

    ChatClient Client(string model) => Client(model, zoo.Address);

    static ChatClient Client(string model, Uri address) => new(
        model, new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(address, "/v1") });
}
