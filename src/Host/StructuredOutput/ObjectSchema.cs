using System.Text.Json;

namespace Orchestrator.Host.StructuredOutput;

/// <summary>An object: its properties in their order, those that are not required perhaps left out; or any names where none are told.</summary>
static class ObjectSchema
{
    /// <remarks>Where further properties are allowed beside those that are told, none are written: an answer is one that the schema allows.</remarks>
    public static Shape Read(SchemaPlace place, SchemaRules rules)
    {
        var required = Required(place);
        rules.CountProperties(required.Count);
        var properties = place.Find("properties") is { } told ? Told(place, told, required, rules) : [];
        rules.CountProperties(properties.Count);
        var open = place.Find("additionalProperties") is not { ValueKind: JsonValueKind.False };
        var others = place.Find("additionalProperties") is { } described && open && !SchemaKeywords.AllowsAll(described)
            ? place.Child("additionalProperties")
            : SchemaPlace.Anything;
        foreach (var name in required.Except(properties.Select(property => property.Name)).ToArray())
        {
            if (!open) throw place.Refused($"'required' names '{OpenAi.ApiError.Shown(name)}', which is none of the properties");
            properties.Add(new PropertyShape(name, rules.Number(others), Required: true));
        }

        return properties.Count > 0 || !open || place.Find("properties") is not null
            ? new ObjectShape(properties)
            : new MapShape(rules.Number(others));
    }

    public static IReadOnlyList<string> Required(SchemaPlace place) =>
        [.. (place.Strings("required") ?? []).Union(place.Inherited?.Required ?? [])];

    static List<PropertyShape> Told(SchemaPlace place, JsonElement properties, IReadOnlyList<string> required, SchemaRules rules)
    {
        if (properties.ValueKind != JsonValueKind.Object) throw place.Refused("'properties' must be an object");
        var needed = required.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. properties.EnumerateObject()
                // What nothing fits is left out, unless it is required.
                .Where(property => property.Value.ValueKind != JsonValueKind.False || needed.Contains(property.Name))
                .Select(property => new PropertyShape(property.Name, rules.Number(Place(property)), needed.Contains(property.Name))),
        ];

        SchemaPlace Place(JsonProperty property) =>
            new($"{place.Pointer}/properties/{SchemaPointer.Escape(property.Name)}", property.Value);
    }
}
