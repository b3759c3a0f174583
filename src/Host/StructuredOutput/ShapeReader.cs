using System.Text.Json;

namespace Orchestrator.Host.StructuredOutput;

/// <summary>The ways to write what one part of a schema describes. Other parts are only named.</summary>
static class ShapeReader
{
    static readonly string[] Types = ["null", "boolean", "number", "string", "array", "object"];

    public static IReadOnlyList<Shape> Read(SchemaPlace place, SchemaRules rules)
    {
        if (place.Schema.ValueKind == JsonValueKind.False) throw place.Refused("nothing is allowed here");
        if (place.Schema.ValueKind == JsonValueKind.True) place = place with { Schema = SchemaPlace.Anything.Schema };
        if (place.Schema.ValueKind != JsonValueKind.Object) throw place.Refused("a schema is an object, true or false");
        SchemaKeywords.Check(place, rules.Strict);
        if (place.Find("$ref") is not null) return Referred(place, rules);
        foreach (var keyword in (string[])["anyOf", "oneOf", "allOf"])
            if (place.Find(keyword) is { } listed) return Alternatives(place, keyword, listed, rules);
        var types = Allowed(place);
        return place.Find("enum") is not null || place.Find("const") is not null
            ? [ConstantSchema.Read(place, types)]
            : [.. Simplest(place, types ?? Told(place)).Select(type => Of(type, place, rules))];
    }

    static IReadOnlyList<Shape> Referred(SchemaPlace place, SchemaRules rules)
    {
        SchemaKeywords.Only(place, "$ref");
        return [new ReferenceShape(rules.Number(rules.Follow(place)))];
    }

    static IReadOnlyList<Shape> Alternatives(SchemaPlace place, string keyword, JsonElement listed, SchemaRules rules)
    {
        if (listed.ValueKind != JsonValueKind.Array || listed.GetArrayLength() == 0) throw place.Refused($"'{keyword}' must be an array of schemas, at least one");
        if (keyword == "allOf" && listed.GetArrayLength() > 1) throw place.Refused("'allOf' of more than one schema cannot be enforced");
        SchemaKeywords.Only(place, keyword, "type", "required");
        var types = Allowed(place);
        var required = ObjectSchema.Required(place);
        var inherited = types is null && required.Count == 0 ? null : rules.Inherit(types, required);
        return
        [
            .. Enumerable.Range(0, listed.GetArrayLength())
                .Select(index => new ReferenceShape(rules.Number(place.Child(keyword, index) with { Inherited = inherited }))),
        ];
    }

    /// <returns>Null where all types are allowed.</returns>
    static IReadOnlyList<string>? Allowed(SchemaPlace place)
    {
        IReadOnlyList<string>? own = place.Find("type") is { ValueKind: JsonValueKind.String } one ? [one.GetString()!] : place.Strings("type");
        if (own is not null && (own.Count == 0 || own.Except([.. Types, "integer"]).Any()))
            throw place.Refused($"'type' must be one or several of {string.Join(", ", Types)}, integer");
        var above = place.Inherited?.Types;
        if (own is null || above is null) return own ?? above;
        string[] both = [.. own.Where(type => above.Contains(type) || (type == "integer" && above.Contains("number")))];
        return both.Length > 0 ? both : throw place.Refused("no 'type' is allowed here and beside the alternatives");
    }

    /// <summary>What a part without a type is about, as its words tell; all of them where none does.</summary>
    static IReadOnlyList<string> Told(SchemaPlace place)
    {
        string[] told =
        [
            .. Has("minLength", "maxLength", "pattern", "format") ? ["string"] : Array.Empty<string>(),
            .. Has("items", "minItems", "maxItems") ? ["array"] : Array.Empty<string>(),
            .. Has("properties", "additionalProperties", "required") || place.Inherited is not null ? ["object"] : Array.Empty<string>(),
        ];
        return told.Length > 0 ? told : Types;

        bool Has(params string[] keywords) => Array.Exists(keywords, keyword => place.Find(keyword) is not null);
    }

    /// <summary>A number is as good as the same in quotation marks, which System.Text.Json tells by a pattern.</summary>
    static IEnumerable<string> Simplest(SchemaPlace place, IReadOnlyList<string> types)
    {
        var quoted = place.Find("pattern") is not null && types.Any(type => type is "number" or "integer");
        return types.Distinct().Where(type => !(type == "integer" && types.Contains("number")) && !(type == "string" && quoted));
    }

    static Shape Of(string type, SchemaPlace place, SchemaRules rules) => type switch
    {
        "string" => TextSchema.Read(place, rules.Strict),
        "array" => ListSchema.Read(place, rules),
        "object" => ObjectSchema.Read(place, rules),
        _ => new ScalarShape(type),
    };
}
