using System.Text.Json;
using Orchestrator.Host.Tools;

namespace Orchestrator.Host.StructuredOutput;

/// <summary><c>enum</c> and <c>const</c>: values that are written as they stand.</summary>
static class ConstantSchema
{
    /// <param name="types">Those allowed beside; null allows all.</param>
    public static ConstantShape Read(SchemaPlace place, IReadOnlyList<string>? types)
    {
        var keyword = place.Find("enum") is null ? "const" : "enum";
        SchemaKeywords.Only(place, keyword, "type");
        var value = place.Schema.GetProperty(keyword);
        if (keyword == "enum" && value.ValueKind != JsonValueKind.Array) throw place.Refused("'enum' must be an array of values");
        JsonElement[] values = keyword == "const" ? [value] : [.. value.EnumerateArray()];
        if (Array.Exists(values, one => one.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
            throw place.Refused($"'{keyword}' may name texts, numbers, true, false and null, but no objects and arrays");
        string[] allowed = [.. values.Where(one => types is null || types.Any(type => Is(one, type))).Select(SpacedJson.Of).Distinct()];
        return allowed.Length > 0 ? new ConstantShape(allowed) : throw place.Refused($"'{keyword}' names no value that is allowed here");
    }

    static bool Is(JsonElement value, string type) => value.ValueKind switch
    {
        JsonValueKind.Null => type == "null",
        JsonValueKind.String => type == "string",
        JsonValueKind.Number => type == "number" || (type == "integer" && value.TryGetDouble(out var number) && double.IsInteger(number)),
        _ => type == "boolean",
    };
}
