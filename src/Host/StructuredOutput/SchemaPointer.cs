using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Host.StructuredOutput;

/// <summary>JSON pointers as fragments of an address, RFC 6901.</summary>
static class SchemaPointer
{
    public static string Escape(string token) =>
        token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <param name="from">The part with the <c>$ref</c>.</param>
    /// <returns>The part that it names.</returns>
    public static SchemaPlace Follow(JsonElement root, SchemaPlace from)
    {
        var reference = from.Find("$ref") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw from.Refused("'$ref' must be a string");
        if (reference != "#" && !reference.StartsWith("#/", StringComparison.Ordinal))
            throw from.Refused($"'$ref' is '{OpenAi.ApiError.Shown(reference)}', but only parts of the same schema can be named, such as #/$defs/name");
        var place = new SchemaPlace("#", root);
        foreach (var token in reference.Split('/').Skip(1).Select(Unescape))
            place = new SchemaPlace($"{place.Pointer}/{Escape(token)}", Step(place.Schema, token)
                ?? throw from.Refused($"'$ref' names {OpenAi.ApiError.Shown(reference)}, which the schema does not have"));
        return place;
    }

    static string Unescape(string token) => Uri.UnescapeDataString(token)
        .Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    static JsonElement? Step(JsonElement at, string token) => at.ValueKind switch
    {
        JsonValueKind.Object when at.TryGetProperty(token, out var value) => value,
        JsonValueKind.Array when int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < at.GetArrayLength() => at[index],
        _ => null,
    };
}
