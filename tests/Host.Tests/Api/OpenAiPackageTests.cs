using System.ClientModel;
using OpenAI;
using OpenAI.Chat;

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

    ChatClient Client(string model) => new(
        model, new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(zoo.Address, "/v1") });
}
