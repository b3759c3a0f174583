using System.Text.Json;

namespace Orchestrator.Host.Tools.Hermes;

/// <summary>What stands between the tags of a call.</summary>
static class HermesCall
{
    /// <returns>Null where it is no call.</returns>
    public static (string Name, string Arguments)? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 } called
                && Arguments(root) is { } arguments
                ? (called, arguments)
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The second is a name that is not valid Unicode.
            return null;
        }
    }

    /// <returns>Whether a string of the JSON is still open at its end.</returns>
    public static bool EndsInText(ReadOnlySpan<char> json)
    {
        var inText = false;
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
        if (arguments.ValueKind != JsonValueKind.String) return arguments.ValueKind == JsonValueKind.Object ? arguments.GetRawText() : null;
        using var document = JsonDocument.Parse(arguments.GetString()!);
        return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.GetRawText() : null;
    }
}
