using Microsoft.Extensions.AI;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client.Chat;

/// <summary>A whole answer as Microsoft.Extensions.AI has it.</summary>
static class AnswerReading
{
    /// <summary>The last second that a date of .NET can tell.</summary>
    static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <returns>Null when there is no answer in it.</returns>
    public static ChatResponse? Read(CompletionReply reply, RouteDetails route)
    {
        if (reply.Choices is not [{ Message: { } message } choice, ..]) return null;
        List<AIContent> contents = [];
        if (message.Content is { Length: > 0 } text) contents.Add(new TextContent(text));
        foreach (var call in message.ToolCalls ?? [])
            contents.Add(ToolValues.Call(call.Id ?? "", call.Function?.Name ?? "", call.Function?.Arguments ?? ""));
        var told = route with { Expert = reply.Model ?? route.Expert, Panel = reply.Orchestrator };
        // Hosts that keep messages alone, such as Semantic Kernel, shall find it too.
        var answer = new ChatMessage(ChatRole.Assistant, contents) { MessageId = reply.Id, AdditionalProperties = new() { [RouteDetails.Key] = told } };
        return new ChatResponse(answer)
        {
            ResponseId = reply.Id,
            ModelId = told.Expert,
            CreatedAt = At(reply.Created),
            FinishReason = Finish(choice.FinishReason),
            Usage = Usage(reply.Usage),
            AdditionalProperties = new() { [RouteDetails.Key] = told },
        };
    }

    public static DateTimeOffset? At(long? created) =>
        created is { } seconds && seconds >= 0 && seconds <= Latest ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    public static ChatFinishReason? Finish(string? reason) => reason is { Length: > 0 } word ? new ChatFinishReason(word) : null;

    public static UsageDetails? Usage(CompletionUsage? usage) => usage is null ? null : new UsageDetails
    {
        InputTokenCount = usage.PromptTokens,
        OutputTokenCount = usage.CompletionTokens,
        TotalTokenCount = usage.TotalTokens,
    };
}
