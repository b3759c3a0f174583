using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Orchestrator.TestKit.Agents;

/// <summary>
/// A model that calls tools as it is told to: to a user it replies with a call of one tool, to the tool's result with what that
/// said. The call and the result are real, only the wish to make it is scripted.
/// </summary>
/// <param name="tool">How the tool's name ends: hosts put a plugin's name before it.</param>
/// <param name="arguments">Of the call, from what the user said.</param>
public sealed class ScriptedPlanner(string tool, Func<string, Dictionary<string, object?>> arguments) : IChatClient
{
    /// <summary>What was offered with the last request.</summary>
    public IReadOnlyList<AITool> Offered { get; private set; } = [];

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Offered = [.. options?.Tools ?? []];
        var last = messages.Last();
        var reply = last.Contents.OfType<FunctionResultContent>().FirstOrDefault() is { } result
            ? new ChatMessage(ChatRole.Assistant, $"The tool said: {result.Result}")
            : new ChatMessage(ChatRole.Assistant, [Call(last.Text)]);
        return Task.FromResult(new ChatResponse(reply));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates()) yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted") : null;

    public void Dispose()
    {
    }

    FunctionCallContent Call(string question) => new(
        "call-1",
        Offered.FirstOrDefault(offered => offered.Name.EndsWith(tool, StringComparison.Ordinal))?.Name
            ?? throw new InvalidOperationException($"no tool {tool} was offered, but: {string.Join(", ", Offered.Select(offered => offered.Name))}"),
        arguments(question));
}
