using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Orchestrator.Host.Tools;

namespace Orchestrator.Host.OpenAi;

/// <summary>Reads what a message has to do with tools: the calls of an assistant, or whose result it is.</summary>
static class ToolTurnReader
{
    static readonly HashSet<string> KnownInCall = ["id", "type", "function"];
    static readonly HashSet<string> KnownInFunction = ["name", "arguments"];

    /// <param name="asked">Ids of the calls whose results may come here.</param>
    /// <returns>Null for a message of plain text.</returns>
    public static ToolTurn? Read(JsonFields message, string role, IReadOnlySet<string> asked)
    {
        if (role == "tool") return new ToolTurn { ResultOf = ReadResult(message, asked) };
        if (message.Has("tool_call_id"))
            throw Invalid(message.PathOf("tool_call_id"), "only messages of the role 'tool' have one");
        if (message.Find("tool_calls") is not { } calls) return null;
        if (calls.ValueKind != JsonValueKind.Array) throw message.WrongType("tool_calls", "an array of objects", calls);
        if (calls.GetArrayLength() == 0) return null;
        if (role != "assistant") throw Invalid(message.PathOf("tool_calls"), "only messages of the role 'assistant' have some");
        return new ToolTurn { Calls = [.. calls.EnumerateArray().Select((call, index) => ReadCall(message, call, index))] };
    }

    /// <param name="asked">Before the message.</param>
    /// <returns>Ids of the calls whose results may come after it: results follow each other.</returns>
    public static IReadOnlySet<string> Asked(ToolTurn? message, IReadOnlySet<string> asked) => message switch
    {
        { ResultOf: not null } => asked,
        { Calls: var calls } => calls.Select(call => call.Id).ToHashSet(StringComparer.Ordinal),
        null => FrozenSet<string>.Empty,
    };

    static string ReadResult(JsonFields message, IReadOnlySet<string> asked)
    {
        var id = message.RequiredString("tool_call_id");
        return asked.Contains(id)
            ? id
            : throw Invalid(
                message.PathOf("tool_call_id"), $"'{ApiError.Shown(id)}' is no call of the assistant's message before it");
    }

    static ToolCall ReadCall(JsonFields message, JsonElement call, int index)
    {
        var path = $"tool_calls[{index}]";
        if (call.ValueKind != JsonValueKind.Object) throw message.WrongType(path, "an object", call);
        var fields = new JsonFields(call, message.PathOf(path));
        fields.RejectUnknown(KnownInCall);
        if (fields.RequiredString("type") is not "function" and var type)
            throw new ApiException(ApiError.Unsupported(fields.PathOf("type"), $"'{ApiError.Shown(type)}' was never called, only 'function'"));
        if (fields.Find("function") is not { ValueKind: JsonValueKind.Object } called)
            throw Invalid(fields.PathOf("function"), "an object with 'name' and 'arguments' is needed");
        var function = new JsonFields(called, fields.PathOf("function"));
        function.RejectUnknown(KnownInFunction);
        return new ToolCall(fields.RequiredString("id"), function.RequiredString("name"), ReadArguments(function));
    }

    static string ReadArguments(JsonFields function)
    {
        if (function.String("arguments") is not { Length: > 0 } text) return "{}";
        try
        {
            return StrictJson.Parse(Encoding.UTF8.GetBytes(text)) is { ValueKind: JsonValueKind.Object } arguments
                ? SpacedJson.Of(arguments)
                : throw Invalid(function.PathOf("arguments"), "its text is JSON, but not an object");
        }
        catch (JsonException malformed)
        {
            throw Invalid(function.PathOf("arguments"), $"its text cannot be read as JSON: {malformed.Message.TrimEnd('.')}");
        }
    }

    static ApiException Invalid(string param, string problem) => new(ApiError.Invalid($"Invalid value for '{param}': {problem}.", param, "invalid_value"));
}
