using System.Text.Json;

namespace Orchestrator.Host.StructuredOutput;

/// <summary>A string: of some length, or of a format that a grammar can tell.</summary>
static class TextSchema
{
    public static ScalarShape Read(SchemaPlace place, bool strict)
    {
        var least = place.Count("minLength") ?? 0;
        var most = Most(place, strict);
        if (most < least) throw place.Refused("'minLength' is more than 'maxLength'");
        var format = place.Find("format") is { ValueKind: JsonValueKind.String } text && JsonGrammar.Formats.Contains(text.GetString()!) ? text.GetString() : null;
        var bounded = least > 0 || most is not null;
        if (bounded && format is not null) throw place.Refused($"a length cannot stand beside the format '{format}', which has its own");
        var characters = bounded ? $"char{{{least},{most}}}" : format;
        return new ScalarShape(characters is null ? "string" : $"""
            "\"" {characters} "\""
            """);
    }

    /// <summary>A bound that no answer of usual length reaches is none, unless the request is strict.</summary>
    static int? Most(SchemaPlace place, bool strict) =>
        !strict && place.Find("maxLength") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var most) && most > SchemaPlace.MostCounted
            ? null
            : place.Count("maxLength");
}
