using System.Text;
using System.Text.Json;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Tools.Hermes;

/// <summary>What stands between the tags of a call. Only what can come back in the conversation is one, so it is read as strictly.</summary>
static class HermesCall
{
    /// <returns>Null where it is no call.</returns>
    public static (string Name, string Arguments)? Read(ReadOnlySpan<char> text)
    {
        try
        {
            var root = Parse(text);
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 } called
                && Arguments(root) is { } arguments
                ? (called, arguments)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="inText">Whether a string is open before it.</param>
    /// <returns>Whether a string of the JSON is still open at its end.</returns>
    public static bool EndsInText(ReadOnlySpan<char> json, bool inText)
    {
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] == '"') inText = !inText;
            else if (inText && json[i] == '\\') i++;
        }

        return inText;
    }

    /// <summary>Functions without parameters are called without arguments, and some models write them as a text that is JSON.</summary>
    static string? Arguments(JsonElement call)
    {
        if (!call.TryGetProperty("arguments", out var arguments) || arguments.ValueKind == JsonValueKind.Null) return "{}";
        if (arguments.ValueKind == JsonValueKind.String) arguments = Parse(arguments.GetString());
        return arguments.ValueKind == JsonValueKind.Object ? arguments.GetRawText() : null;
    }

    static JsonElement Parse(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return StrictJson.Parse(bytes);
    }
}
