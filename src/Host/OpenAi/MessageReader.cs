using System.Collections.Frozen;
using System.Text.Json;
using Orchestrator.Host.Tools;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.OpenAi;

/// <summary>Reads <c>messages</c>: what was said, and what it has to do with tools.</summary>
static class MessageReader
{
    internal static readonly HashSet<string> Known =
        ["role", "content", "name", "refusal", "tool_calls", "tool_call_id", "function_call", "audio", "annotations"];

    internal static readonly HashSet<string> KnownInTextPart = ["type", "text"];

    /// <returns>As many turns of both.</returns>
    public static (IReadOnlyList<ChatTurn> Messages, IReadOnlyList<ToolTurn?> Tools) Read(JsonFields request)
    {
        if (request.Find("messages") is not { } messages)
            throw new ApiException(ApiError.Invalid(
                "Missing required parameter: 'messages'.", "messages", "missing_required_parameter"));
        if (messages.ValueKind != JsonValueKind.Array)
            throw request.WrongType("messages", "an array of objects", messages);
        if (messages.GetArrayLength() == 0)
            throw new ApiException(ApiError.Invalid(
                "Invalid 'messages': empty array. At least one message is needed.", "messages", "empty_array"));
        var turns = new List<ChatTurn>();
        var tools = new List<ToolTurn?>();
        IReadOnlySet<string> asked = FrozenSet<string>.Empty;
        foreach (var (index, message) in messages.EnumerateArray().Index())
        {
            var (turn, tool) = ReadMessage(request, message, index, asked);
            turns.Add(turn);
            tools.Add(tool);
            asked = ToolTurnReader.Asked(tool, asked);
        }

        return (turns, tools);
    }

    static (ChatTurn Turn, ToolTurn? Tool) ReadMessage(JsonFields request, JsonElement message, int index, IReadOnlySet<string> asked)
    {
        var path = $"messages[{index}]";
        if (message.ValueKind != JsonValueKind.Object) throw request.WrongType(path, "an object", message);
        var fields = new JsonFields(message, path);
        fields.RejectUnknown(Known);
        foreach (var name in (string[])["function_call", "audio"])
            if (fields.Find(name) is { } value && !(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0))
                throw new ApiException(ApiError.Unsupported(fields.PathOf(name), "experts read and write text only"));
        _ = fields.String("name");
        var role = ReadRole(fields);
        var tool = ToolTurnReader.Read(fields, role, asked);
        // A message that only calls tools says nothing.
        var content = tool is { Calls.Count: > 0 } && !fields.Has("content") ? "" : ReadContent(fields);
        return (new ChatTurn(role, content), tool);
    }

    static string ReadRole(JsonFields fields) => fields.RequiredString("role") switch
    {
        // OpenAI's newer name for the same thing.
        "developer" => "system",
        var role and ("system" or "user" or "assistant" or "tool") => role,
        "function" => throw new ApiException(ApiError.Unsupported(fields.PathOf("role"), "results have the role 'tool' and a 'tool_call_id'")),
        var role => throw new ApiException(ApiError.Invalid(
            $"Invalid value for '{fields.PathOf("role")}': '{ApiError.Shown(role)}' is not one of 'system', 'developer', 'user', 'assistant', 'tool'.",
            fields.PathOf("role"), "invalid_value")),
    };

    static string ReadContent(JsonFields fields) => fields.Find("content") switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray().Select((part, i) => ReadPart(fields, part, i))),
        null => throw new ApiException(ApiError.Invalid(
            $"Missing required parameter: '{fields.PathOf("content")}'.", fields.PathOf("content"), "missing_required_parameter")),
        { } other => throw fields.WrongType("content", "a string or an array of text parts", other),
    };

    static string ReadPart(JsonFields message, JsonElement part, int index)
    {
        var name = $"content[{index}]";
        if (part.ValueKind != JsonValueKind.Object) throw message.WrongType(name, "an object", part);
        var fields = new JsonFields(part, message.PathOf(name));
        if (fields.RequiredString("type") is not "text" and var type)
            throw new ApiException(ApiError.Unsupported(fields.PathOf("type"), $"'{ApiError.Shown(type)}' parts cannot be read, only 'text'"));
        fields.RejectUnknown(KnownInTextPart);
        return fields.String("text") ?? throw new ApiException(ApiError.Invalid(
            $"Missing required parameter: '{fields.PathOf("text")}'.", fields.PathOf("text"), "missing_required_parameter"));
    }
}
