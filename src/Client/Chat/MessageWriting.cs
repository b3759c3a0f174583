using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Chat;

/// <summary>
/// Messages in OpenAI's form. Another model's reasoning in the history is left out, as every chat API does, and so are counts of
/// tokens: neither is part of what was said.
/// </summary>
static class MessageWriting
{
    public static void WriteSystem(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, "system"u8);
        json.WriteString("content"u8, text);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ChatMessage message)
    {
        if (message.Role == ChatRole.Tool) WriteResults(json, message);
        else WriteText(json, message);
    }

    static void WriteText(Utf8JsonWriter json, ChatMessage message)
    {
        var calls = 0;
        foreach (var content in message.Contents)
            if (content is FunctionCallContent && message.Role == ChatRole.Assistant) calls++;
            else if (content is not (TextContent or TextReasoningContent or UsageContent))
                throw Unmapped.Content(message, content, "experts read text only; tool calls belong to assistant messages, their results to tool messages");
        json.WriteStartObject();
        json.WriteString("role"u8, message.Role.Value);
        if (message.AuthorName is { Length: > 0 } name) json.WriteString("name"u8, name);
        // A message that only calls tools says nothing, which is not the same as saying "".
        if (message.Text is { Length: > 0 } text) json.WriteString("content"u8, text);
        else if (calls > 0) json.WriteNull("content"u8);
        else json.WriteString("content"u8, ""u8);
        if (calls > 0) WriteCalls(json, message);
        json.WriteEndObject();
    }

    static void WriteCalls(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartArray("tool_calls"u8);
        foreach (var call in message.Contents.OfType<FunctionCallContent>())
        {
            json.WriteStartObject();
            json.WriteString("id"u8, call.CallId);
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, call.Name);
            json.WriteString("arguments"u8, ToolValues.Arguments(call));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteResults(Utf8JsonWriter json, ChatMessage message)
    {
        foreach (var content in message.Contents)
        {
            if (content is not FunctionResultContent result) throw Unmapped.Content(message, content, "a tool message has function results only");
            json.WriteStartObject();
            json.WriteString("role"u8, "tool"u8);
            json.WriteString("tool_call_id"u8, result.CallId);
            json.WriteString("content"u8, ToolValues.Text(result));
            json.WriteEndObject();
        }
    }
}
