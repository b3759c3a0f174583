using System.Text.Json.Serialization;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.OpenAi;

/// <summary>The answer of <c>POST /v1/chat/completions</c> without streaming.</summary>
sealed record ChatCompletion(
    string Id, long Created, string Model, string SystemFingerprint, IReadOnlyList<ChatChoice> Choices, TokenCounts Usage)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "chat.completion";

    /// <summary>Beyond OpenAI's fields: only when a panel of several experts was asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PanelReport? Orchestrator { get; init; }
}

sealed record ChatChoice(ChatAnswer Message, string FinishReason)
{
    public int Index { get; init; }

    public object? Logprobs { get; init; }
}

/// <param name="Content">Null where the answer is calls alone.</param>
sealed record ChatAnswer(string? Content)
{
    [JsonPropertyOrder(-1)]
    public string Role { get; init; } = "assistant";

    public string? Refusal { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WireToolCall>? ToolCalls { get; init; }
}

/// <summary>One SSE event of a streamed answer.</summary>
record ChatChunk(string Id, long Created, string Model, string SystemFingerprint, IReadOnlyList<ChunkChoice> Choices)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "chat.completion.chunk";

    /// <summary>In a last event without choices, when a panel of several experts was asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PanelReport? Orchestrator { get; init; }
}

/// <summary>With <c>include_usage</c> every event has the field, null in all but the last.</summary>
sealed record CountedChatChunk(
    string Id, long Created, string Model, string SystemFingerprint, IReadOnlyList<ChunkChoice> Choices, TokenCounts? Usage)
    : ChatChunk(Id, Created, Model, SystemFingerprint, Choices);

sealed record ChunkChoice(ChunkDelta Delta, string? FinishReason)
{
    public int Index { get; init; }

    public object? Logprobs { get; init; }
}

sealed record ChunkDelta(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content)
{
    /// <summary>Each call comes whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WireToolCall>? ToolCalls { get; init; }
}

sealed record TokenCounts(int PromptTokens, int CompletionTokens)
{
    public int TotalTokens => PromptTokens + CompletionTokens;

    public static TokenCounts Of(TokenUsage? usage) => new(usage?.PromptTokens ?? 0, usage?.CompletionTokens ?? 0);
}

static class FinishReasons
{
    /// <param name="called">Whether the answer calls tools.</param>
    public static string Name(this FinishReason reason, bool called = false) =>
        reason == FinishReason.Length ? "length" : called ? "tool_calls" : "stop";
}
