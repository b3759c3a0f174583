using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client.Chat;

/// <summary>An option that travels as a header.</summary>
static class HeaderText
{
    /// <summary>Characters: servers refuse longer ones, some without a word.</summary>
    const int Longest = 4000;

    /// <exception cref="ArgumentException">It is no text nor a list of texts, has what no header may have, or is too long for one.</exception>
    public static string Of(string name, object? value)
    {
        var text = PlainValue.TryRead(value, $"AdditionalProperties[\"{name}\"]", out var node) ? Text(name, node) : null;
        if (text is null) throw Wrong(name, $"is a {value?.GetType().Name ?? "null"}; give a text or a list of texts");
        if (text.Length > Longest) throw Wrong(name, $"has {text.Length} characters, but travels as a header; at most {Longest} are allowed");
        return text.All(c => char.IsAscii(c) && !char.IsControl(c))
            ? text
            : throw Wrong(name, "has a line break or a character outside ASCII, but travels as a header; write it in ASCII");
    }

    static string? Text(string name, JsonNode? node) => node switch
    {
        JsonArray several when several.All(IsText) => string.Join(',', several.Select(one => Part(name, $"{one}"))),
        _ => IsText(node) ? $"{node}" : null,
    };

    static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;

    static string Part(string name, string part) =>
        part.Contains(',', StringComparison.Ordinal) ? throw Wrong(name, $"has the item '{part}', whose comma would divide it; give two items") : part;

    static ArgumentException Wrong(string name, string problem) => new($"AdditionalProperties[\"{name}\"] {problem}.", name);
}
