using System.Text.Json;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.StructuredOutput;

/// <summary>A part of a schema and where it stands.</summary>
/// <param name="Pointer">A JSON pointer, <c>#/properties/name</c>.</param>
/// <param name="Inherited">What stands beside the alternatives of which it is one.</param>
sealed record SchemaPlace(string Pointer, JsonElement Schema, InheritedKeywords? Inherited = null)
{
    /// <summary>Repetitions that a grammar may count.</summary>
    public const int MostCounted = 1000;

    /// <summary>A part that allows everything.</summary>
    public static SchemaPlace Anything { get; } = new("", JsonElement.Parse("{}"));

    public JsonElement? Find(string keyword) => Schema.TryGetProperty(keyword, out var value) ? value : null;

    public SchemaPlace Child(string keyword) => new($"{Pointer}/{SchemaPointer.Escape(keyword)}", Schema.GetProperty(keyword));

    public SchemaPlace Child(string keyword, string name) => Child(keyword).Child(name);

    public SchemaPlace Child(string keyword, int index) => new($"{Pointer}/{keyword}/{index}", Schema.GetProperty(keyword)[index]);

    /// <summary>The least or most of something; as many are told as a grammar can count.</summary>
    /// <returns>Null where the keyword is absent.</returns>
    public int? Count(string keyword) => Find(keyword) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var count) && count is >= 0 and <= MostCounted => count,
        _ => throw Refused($"'{keyword}' must be a whole number from 0 to {MostCounted}"),
    };

    /// <returns>Null where the keyword is absent.</returns>
    public IReadOnlyList<string>? Strings(string keyword) => Find(keyword) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } value when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            [.. value.EnumerateArray().Select(item => item.GetString()!)],
        _ => throw Refused($"'{keyword}' must be an array of strings"),
    };

    public ApiException Refused(string problem) => SchemaGrammar.Refused($"{ApiError.Shown(Pointer)}: {problem}.");
}

/// <summary>What every alternative of <c>anyOf</c> has to keep to as well.</summary>
/// <param name="Key">The same where the rest is.</param>
/// <param name="Types">Null allows all.</param>
sealed record InheritedKeywords(int Key, IReadOnlyList<string>? Types, IReadOnlyList<string> Required);
