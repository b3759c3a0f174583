using System.Collections.Frozen;
using System.Text.Json;

namespace Orchestrator.Host.StructuredOutput;

/// <summary>Which words of JSON Schema constrain a value. All others are notes and are ignored.</summary>
static class SchemaKeywords
{
    static readonly FrozenSet<string> Enforced =
    [
        "type", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "enum", "const", "minLength", "maxLength",
        "anyOf", "oneOf", "allOf", "$ref",
    ];

    /// <summary>Of the value of a number or string, which a model mostly keeps to where it's told: ignored unless the request is strict.</summary>
    static readonly FrozenSet<string> Hints =
    [
        "format", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "uniqueItems", "contentEncoding",
    ];

    static readonly FrozenSet<string> Unavailable =
    [
        "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "dependencies", "patternProperties", "propertyNames",
        "minProperties", "maxProperties", "prefixItems", "additionalItems", "contains", "minContains", "maxContains",
        "unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$recursiveRef",
    ];

    /// <summary>Refuses what an answer cannot be held to.</summary>
    public static void Check(SchemaPlace place, bool strict)
    {
        foreach (var property in place.Schema.EnumerateObject())
        {
            if (Unavailable.Contains(property.Name))
                throw place.Refused($"the keyword '{property.Name}' cannot be enforced");
            if (strict && Hints.Contains(property.Name) && !(property.Name == "format" && IsEnforced(property.Value)))
                throw place.Refused($"the keyword '{property.Name}' cannot be enforced, as 'strict' asks; without 'strict' it is ignored");
        }
    }

    /// <summary>Refuses a constraint beside one that has to stand alone; one that allows everything is none.</summary>
    public static void Only(SchemaPlace place, params ReadOnlySpan<string> allowed)
    {
        foreach (var property in place.Schema.EnumerateObject())
            if (Enforced.Contains(property.Name) && !allowed.Contains(property.Name) && !(HoldsSchemas(property.Name) && AllowsAll(property.Value)))
                throw place.Refused($"'{property.Name}' cannot stand beside '{allowed[0]}'");
    }

    public static bool AllowsAll(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.True || OpenAi.JsonFields.IsEmptyObject(schema);

    /// <summary>Elsewhere <c>true</c> and <c>{}</c> are values, not schemas.</summary>
    static bool HoldsSchemas(string keyword) => keyword is "items" or "additionalProperties" or "properties";

    static bool IsEnforced(JsonElement format) => format.ValueKind == JsonValueKind.String && JsonGrammar.Formats.Contains(format.GetString()!);
}
