using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Chat;

/// <summary>
/// Functions as OpenAI's <c>tools</c>. Nobody here calls them: the answer's calls are the caller's, whose pipeline invokes. With
/// <see cref="ChatToolMode.None"/> none may be called, so that none are sent.
/// </summary>
static class ToolWriting
{
    public static void Write(Utf8JsonWriter json, ChatOptions options)
    {
        if (options.ToolMode is NoneChatToolMode) return;
        if (options.Tools is { Count: > 0 } tools)
        {
            json.WriteStartArray("tools"u8);
            foreach (var tool in tools) WriteTool(json, tool as AIFunctionDeclaration ?? throw Unmapped.Tool(tool));
            json.WriteEndArray();
            if (options.AllowMultipleToolCalls is { } several) json.WriteBoolean("parallel_tool_calls"u8, several);
            if (options.ToolMode is AutoChatToolMode) json.WriteString("tool_choice"u8, "auto"u8);
        }

        if (options.ToolMode is RequiredChatToolMode required) WriteRequired(json, required);
    }

    static void WriteTool(Utf8JsonWriter json, AIFunctionDeclaration function)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, function.Name);
        if (function.Description is { Length: > 0 } description) json.WriteString("description"u8, description);
        json.WritePropertyName("parameters"u8);
        function.JsonSchema.WriteTo(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteRequired(Utf8JsonWriter json, RequiredChatToolMode required)
    {
        if (required.RequiredFunctionName is not { } name)
        {
            json.WriteString("tool_choice"u8, "required"u8);
            return;
        }

        json.WriteStartObject("tool_choice"u8);
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, name);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
