using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Retrieval.Tests.Collections.Qdrant;

/// <summary>
/// The part of OpenAPI 3.0's schemas that Qdrant's document uses. Stricter than the standard in one thing: a property that a
/// schema does not name is refused, since Qdrant would pass over a misspelt one in silence.
/// </summary>
sealed class OpenApiSchema(JsonElement document)
{
    /// <returns>What is wrong, with its place; null when nothing is.</returns>
    public string? Problem(JsonNode? value, JsonElement schema, string place = "$")
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
            return Problem(value, Resolve(reference.GetString()!), place);
        if (value is null)
            return IsNullable(schema) ? null : $"{place} must not be null";
        if (schema.TryGetProperty("anyOf", out JsonElement any) || schema.TryGetProperty("oneOf", out any))
            return OneOf(value, any, place);
        if (schema.TryGetProperty("allOf", out JsonElement all))
            return all.EnumerateArray().Select(part => Problem(value, part, place)).FirstOrDefault(problem => problem is not null);
        if (!schema.TryGetProperty("type", out JsonElement type))
            return schema.EnumerateObject().All(property => property.Name == "nullable") && schema.EnumerateObject().Any()
                ? $"{place} must be null"
                : null;
        return type.GetString() switch
        {
            "object" => OfObject(value, schema, place),
            "array" => OfArray(value, schema, place),
            "string" => OfString(value, schema, place),
            "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? null : $"{place} must be a boolean",
            "integer" => OfNumber(value, schema, place, whole: true),
            "number" => OfNumber(value, schema, place, whole: false),
            var other => $"{place}: type '{other}' is not known here",
        };
    }

    JsonElement Resolve(string reference) =>
        reference.Split('/')[1..].Aggregate(document, (element, name) => element.GetProperty(name));

    bool IsNullable(JsonElement schema) =>
        (schema.TryGetProperty("nullable", out JsonElement nullable) && nullable.GetBoolean())
        || (schema.TryGetProperty("anyOf", out JsonElement any) && any.EnumerateArray().Any(IsNullable))
        || (schema.TryGetProperty("$ref", out JsonElement reference) && IsNullable(Resolve(reference.GetString()!)));

    string? OneOf(JsonNode value, JsonElement schemas, string place)
    {
        string?[] problems = [.. schemas.EnumerateArray().Select(schema => Problem(value, schema, place))];
        return problems.Contains(null) ? null : $"{place} is none of: {string.Join("; ", problems)}";
    }

    string? OfObject(JsonNode value, JsonElement schema, string place)
    {
        if (value is not JsonObject fields)
            return $"{place} must be an object";
        if (schema.TryGetProperty("required", out JsonElement required)
            && required.EnumerateArray().FirstOrDefault(name => !fields.ContainsKey(name.GetString()!)) is { ValueKind: JsonValueKind.String } missing)
            return $"{place}.{missing.GetString()} is missing";
        bool named = schema.TryGetProperty("properties", out JsonElement properties);
        bool more = schema.TryGetProperty("additionalProperties", out JsonElement additional);
        foreach ((string name, JsonNode? field) in fields)
        {
            string? problem = named && properties.TryGetProperty(name, out JsonElement property) ? Problem(field, property, $"{place}.{name}")
                : more && additional.ValueKind == JsonValueKind.Object ? Problem(field, additional, $"{place}.{name}")
                : more ? (additional.GetBoolean() ? null : $"{place}.{name} is not allowed")
                : named ? $"{place}.{name} is not known" : null;
            if (problem is not null)
                return problem;
        }
        return null;
    }

    string? OfArray(JsonNode value, JsonElement schema, string place)
    {
        if (value is not JsonArray items)
            return $"{place} must be an array";
        if (schema.TryGetProperty("uniqueItems", out JsonElement unique) && unique.GetBoolean()
            && items.Select(item => item?.ToJsonString()).Distinct().Count() < items.Count)
            return $"{place} has an item twice";
        if (schema.TryGetProperty("minItems", out JsonElement least) && items.Count < least.GetInt32())
            return $"{place} has too few items";
        return schema.TryGetProperty("items", out JsonElement each)
            ? items.Select((item, at) => Problem(item, each, $"{place}[{at}]")).FirstOrDefault(problem => problem is not null)
            : null;
    }

    static string? OfString(JsonNode value, JsonElement schema, string place)
    {
        if (value.GetValueKind() != JsonValueKind.String)
            return $"{place} must be a string";
        string text = value.GetValue<string>();
        if (schema.TryGetProperty("enum", out JsonElement allowed) && !allowed.EnumerateArray().Any(one => one.GetString() == text))
            return $"{place} must not be '{text}'";
        return schema.TryGetProperty("format", out JsonElement format) && format.GetString() == "uuid" && !Guid.TryParseExact(text, "D", out _)
            ? $"{place} must be a UUID"
            : null;
    }

    static string? OfNumber(JsonNode value, JsonElement schema, string place, bool whole)
    {
        if (value.GetValueKind() != JsonValueKind.Number)
            return $"{place} must be a number";
        double number = double.Parse(value.ToJsonString());
        if (whole && (Math.Truncate(number) != number || value.ToJsonString().Contains('.')))
            return $"{place} must be whole";
        if (schema.TryGetProperty("minimum", out JsonElement least) && number < least.GetDouble())
            return $"{place} must not be below {least.GetDouble()}";
        if (schema.TryGetProperty("maximum", out JsonElement most) && number > most.GetDouble())
            return $"{place} must not be above {most.GetDouble()}";
        return schema.TryGetProperty("format", out JsonElement format) && format.GetString() == "uint32" && number > uint.MaxValue
            ? $"{place} is no uint32"
            : null;
    }
}
