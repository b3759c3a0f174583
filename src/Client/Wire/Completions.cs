using System.Text.Json;

namespace Orchestrator.Client.Wire;

/// <summary>An answer of <c>POST /v1/chat/completions</c>, or an event of a streamed one.</summary>
/// <param name="Created">Seconds since 1970.</param>
/// <param name="Model">The expert.</param>
/// <param name="Orchestrator">What goes beyond OpenAI's fields where several calls were made.</param>
/// <param name="Error">In an event that ends a stream which cannot be finished.</param>
sealed record CompletionReply(
    string? Id, long? Created, string? Model, IReadOnlyList<CompletionChoice>? Choices, CompletionUsage? Usage, JsonElement? Orchestrator, ErrorFacts? Error)
{
    /// <summary>Stands for <c>[DONE]</c>.</summary>
    public static readonly CompletionReply Done = new(null, null, null, null, null, null, null);
}

/// <param name="Message">Of a whole answer.</param>
/// <param name="Delta">Of an event.</param>
sealed record CompletionChoice(CompletionMessage? Message, CompletionMessage? Delta, string? FinishReason);

sealed record CompletionMessage(string? Content, IReadOnlyList<CompletionToolCall>? ToolCalls);

/// <param name="Index">Which call an event goes on with.</param>
/// <param name="Id">In an event only where the call begins.</param>
sealed record CompletionToolCall(int? Index, string? Id, CompletionFunction? Function);

/// <param name="Arguments">JSON, in events a piece of it.</param>
sealed record CompletionFunction(string? Name, string? Arguments);

sealed record CompletionUsage(long? PromptTokens, long? CompletionTokens, long? TotalTokens);
