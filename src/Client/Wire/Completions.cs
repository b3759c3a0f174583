using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Client.Wire;

/// <summary>An answer of <c>POST /v1/chat/completions</c>, or an event of a streamed one.</summary>
/// <param name="Created">Seconds since 1970.</param>
/// <param name="Model">The expert.</param>
/// <param name="Orchestrator">What goes beyond OpenAI's fields where several calls were made.</param>
/// <param name="Error">In an event that ends a stream which cannot be finished.</param>
sealed record CompletionReply(
    string? Id = null,
    long? Created = null,
    string? Model = null,
    IReadOnlyList<CompletionChoice>? Choices = null,
    CompletionUsage? Usage = null,
    JsonElement? Orchestrator = null,
    ErrorFacts? Error = null) : IJsonOnDeserialized
{
    /// <summary>Stands for <c>[DONE]</c>.</summary>
    public static readonly CompletionReply Done = new();

    public void OnDeserialized() => Items.Check(Choices, "choices");
}

/// <param name="Message">Of a whole answer.</param>
/// <param name="Delta">Of an event.</param>
sealed record CompletionChoice(CompletionMessage? Message = null, CompletionMessage? Delta = null, string? FinishReason = null);

sealed record CompletionMessage(string? Content = null, IReadOnlyList<CompletionToolCall>? ToolCalls = null) : IJsonOnDeserialized
{
    public void OnDeserialized() => Items.Check(ToolCalls, "tool_calls");
}

/// <param name="Index">Which call an event goes on with.</param>
/// <param name="Id">In an event only where the call begins.</param>
sealed record CompletionToolCall(int? Index = null, string? Id = null, CompletionFunction? Function = null);

/// <param name="Arguments">JSON, in events a piece of it.</param>
sealed record CompletionFunction(string? Name = null, string? Arguments = null);

sealed record CompletionUsage(long? PromptTokens = null, long? CompletionTokens = null, long? TotalTokens = null);
