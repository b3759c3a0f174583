using Microsoft.Extensions.AI;
using Orchestrator.Client;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Tests.Tools;

/// <summary>A pipeline of Microsoft.Extensions.AI that runs what experts call, over this project's client.</summary>
public sealed class FunctionInvocationTests
{
    [Fact]
    public async Task GetResponseAsync_ExpertThatCalls_AnswersFromTheResult()
    {
        List<GenerationRequest> asked = [];
        await using var service = await CallingExperts.StartAsync(asked: asked);
        using var client = Client(service);
        List<string> run = [];

        var response = await client.GetResponseAsync("What does a muog cost?", Options(run));

        Assert.Equal(["muog", "muog"], run);
        Assert.Equal("It costs 93.", response.Messages[^1].Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal(2, asked.Count);
        Assert.Equal(["system", "user", "assistant", "user"], asked[1].Messages.Select(message => message.Role));
        Assert.StartsWith("Let me look.\n<tool_call>\n{\"name\": \"price\", \"arguments\": {\"of\": \"muog\"}}\n</tool_call>\n<tool_call>", asked[1].Messages[2].Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ExpertThatCalls_AnswersFromTheResult()
    {
        await using var service = await CallingExperts.StartAsync();
        using var client = Client(service);
        List<string> run = [];
        List<ChatResponseUpdate> updates = [];

        await foreach (var update in client.GetStreamingResponseAsync("What does a muog cost?", Options(run)))
            updates.Add(update);

        Assert.Equal(["muog", "muog"], run);
        Assert.Equal("Let me look.It costs 93.", string.Concat(updates.Select(update => update.Text)));
        Assert.Equal(2, updates.SelectMany(update => update.Contents).OfType<FunctionResultContent>().Count());
    }

    static IChatClient Client(FakeService service) =>
        new OrchestratorChatClient(new OrchestratorClientOptions { Endpoint = service.Http.BaseAddress! }).AsBuilder().UseFunctionInvocation().Build();

    static ChatOptions Options(List<string> run) => new() { Tools = [AIFunctionFactory.Create((string of) => Price(run, of), "price")] };

    static string Price(List<string> run, string of)
    {
        run.Add(of);
        return "93";
    }
}
