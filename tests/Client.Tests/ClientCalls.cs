using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Tests;

/// <summary>Chat clients over replies that a test makes up.</summary>
static class ClientCalls
{
    public static readonly OrchestratorClientOptions Options = new() { Endpoint = new Uri("http://host:8080"), RetryDelay = TimeSpan.Zero };

    public const string Answer =
        """{"id":"c1","object":"chat.completion","created":1767225600,"model":"mason","choices":[{"index":0,"message":{"role":"assistant","content":"42"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}""";

    public static FakeService Answering() => FakeService.Of(Answer);

    public static OrchestratorChatClient Chat(this FakeService service, OrchestratorClientOptions? options = null) =>
        new(options ?? Options, "auto", service.Client());

    public static OrchestratorChatClient Chat(this FakeEvents events) => new FakeService((_, _) => events.Reply()).Chat();

    /// <summary>The body that messages and options become.</summary>
    public static async Task<string> BodyOfAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null)
    {
        var service = Answering();
        using var client = service.Chat();
        await client.GetResponseAsync(messages, options);
        return Assert.Single(service.Asked).Body;
    }

    public static Task<string> BodyOfAsync(ChatOptions options) => BodyOfAsync([new ChatMessage(ChatRole.User, "hi")], options);

    /// <summary>What came before it ended or failed.</summary>
    public static async Task<(List<ChatResponseUpdate> Updates, Exception? Failure)> ReadAsync(
        this OrchestratorChatClient client, CancellationToken cancellationToken = default)
    {
        List<ChatResponseUpdate> updates = [];
        try
        {
            await foreach (var update in client.GetStreamingResponseAsync("hi", cancellationToken: cancellationToken)) updates.Add(update);
            return (updates, null);
        }
        catch (Exception failure) when (failure is OrchestratorException or OperationCanceledException)
        {
            return (updates, failure);
        }
    }
}
