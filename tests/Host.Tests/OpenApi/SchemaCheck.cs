using System.Text.Json;

namespace Orchestrator.Host.Tests.OpenApi;

/// <summary>Holds JSON against schemas of an OpenAPI 3.0 document, as far as this service uses them.</summary>
sealed class SchemaCheck(JsonElement document)
{
    /// <returns>What does not fit, with its place; an object has no properties but those that are described.</returns>
    public IEnumerable<string> Problems(JsonElement schema, JsonElement value, string place = "$")
    {
        schema = Resolved(schema);
        if (schema.TryGetProperty("anyOf", out var either))
            return either.EnumerateArray().Any(one => !Problems(one, value, place).Any()) ? [] : [$"{place}: fits none of {either}"];
        if (value.ValueKind == JsonValueKind.Null)
            return schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean() ? [] : [$"{place}: null"];
        if (schema.TryGetProperty("enum", out var words) && words.EnumerateArray().All(word => word.GetRawText() != value.GetRawText()))
            return [$"{place}: {value.GetRawText()} is none of {words}"];
        return schema.GetProperty("type").GetString() switch
        {
            "object" when value.ValueKind == JsonValueKind.Object => OfObject(schema, value, place),
            "array" when value.ValueKind == JsonValueKind.Array =>
                value.EnumerateArray().SelectMany((item, at) => Problems(schema.GetProperty("items"), item, $"{place}[{at}]")),
            "string" when value.ValueKind == JsonValueKind.String => [],
            "boolean" when value.ValueKind is JsonValueKind.True or JsonValueKind.False => [],
            "integer" when value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _) => [],
            "number" when value.ValueKind == JsonValueKind.Number => [],
            var type => [$"{place}: {value.GetRawText()} is no {type}"],
        };
    }

    public JsonElement Resolved(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? Find(reference.GetString()!) : schema;

    public JsonElement Find(string reference) =>
        reference.Split('/').Skip(1).Aggregate(document, (here, step) => here.GetProperty(step));

    IEnumerable<string> OfObject(JsonElement schema, JsonElement value, string place)
    {
        if (schema.TryGetProperty("required", out var required))
            foreach (var missing in required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)))
                yield return $"{place}.{missing}: missing";
        foreach (var property in value.EnumerateObject())
        {
            if (SchemaOf(schema, property.Name) is not { } described)
                yield return $"{place}.{property.Name}: not described";
            else
                foreach (var problem in Problems(described, property.Value, $"{place}.{property.Name}"))
                    yield return problem;
        }
    }

    static JsonElement? SchemaOf(JsonElement schema, string name)
    {
        if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out var own)) return own;
        return schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object ? others : null;
    }
}
