using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Client.Plugin.Parameters;

/// <summary>A text; what is written as a number or a truth value is one too.</summary>
/// <param name="words">The only ones allowed, in any case; none allows all texts.</param>
sealed class TextShape(params IReadOnlyList<string> words) : Shape<string>
{
    /// <summary>Characters allowed; null allows any number.</summary>
    public int? Longest { get; init; }

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (words.Count > 0) schema["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]);
        if (Longest is { } longest) schema["maxLength"] = longest;
        return schema;
    }

    public override string Read(JsonElement value, string path)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => JsonForm.Text(value, path),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => throw ArgumentProblem.Wrong(path, value, "a text"),
        };
        if (text.Length > Longest) throw ArgumentProblem.Wrong(path, value, $"a text of at most {Longest} characters");
        if (words.Count == 0) return text;
        return words.FirstOrDefault(word => string.Equals(word, text.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw ArgumentProblem.Wrong(path, value, $"one of {string.Join(", ", words)}");
    }
}
