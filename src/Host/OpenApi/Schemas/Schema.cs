using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Orchestrator.Host.OpenApi.Schemas;

/// <summary>
/// Schemas of what clients send. Each has one type in OpenAPI 3.0, also where a reader takes several: importers for agents fail on
/// others, and the text tells the rest.
/// </summary>
static class Schema
{
    /// <param name="allowed">All there are; none allows any.</param>
    public static OpenApiSchema Text(string description, params IEnumerable<string> allowed)
    {
        JsonNode[] words = [.. allowed.Select(word => JsonValue.Create(word))];
        return new OpenApiSchema { Type = JsonSchemaType.String, Description = description, Enum = words.Length > 0 ? words : null };
    }

    public static OpenApiSchema Whole(string description, long? least = null, long? most = null, long? usual = null) => new()
    {
        Type = JsonSchemaType.Integer,
        Description = description,
        Minimum = least?.ToString(),
        Maximum = most?.ToString(),
        Default = usual is { } number ? JsonValue.Create(number) : null,
    };

    public static OpenApiSchema Number(string description, double? least = null, double? most = null, double? usual = null) => new()
    {
        Type = JsonSchemaType.Number,
        Description = description,
        Minimum = least?.ToString(),
        Maximum = most?.ToString(),
        Default = usual is { } number ? JsonValue.Create(number) : null,
    };

    public static OpenApiSchema Flag(string description, bool? usual = null) => new()
    {
        Type = JsonSchemaType.Boolean,
        Description = description,
        Default = usual is { } flag ? JsonValue.Create(flag) : null,
    };

    public static OpenApiSchema List(string description, OpenApiSchema items, int? least = null, int? most = null) =>
        new() { Type = JsonSchemaType.Array, Description = description, Items = items, MinItems = least, MaxItems = most };

    /// <summary>The same, of which a single text may also come without the list.</summary>
    public static OpenApiSchema ListOrOne(string description, OpenApiSchema text, int? least = null, int? most = null) =>
        new TextOrListSchema { Type = JsonSchemaType.Array, Description = description, Items = text, MinItems = least, MaxItems = most };

    /// <summary>An object with these properties and no others.</summary>
    public static OpenApiSchema Object(string description, params (string Name, OpenApiSchema Schema)[] properties) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Properties = properties.ToDictionary(property => property.Name, property => (IOpenApiSchema)property.Schema, StringComparer.Ordinal),
        AdditionalPropertiesAllowed = false,
    };

    /// <summary>An object with any names.</summary>
    public static OpenApiSchema Map(string description, IOpenApiSchema values) =>
        new() { Type = JsonSchemaType.Object, Description = description, AdditionalProperties = values };

    public static OpenApiSchema Either(string description, params OpenApiSchema[] schemas) =>
        new() { Description = description, AnyOf = [.. schemas] };

    /// <summary>Names properties that must be there.</summary>
    public static OpenApiSchema Needs(this OpenApiSchema schema, params string[] names)
    {
        schema.Required = names.ToHashSet(StringComparer.Ordinal);
        return schema;
    }

    /// <summary>Takes properties beyond those that are told.</summary>
    public static OpenApiSchema Open(this OpenApiSchema schema)
    {
        schema.AdditionalPropertiesAllowed = true;
        return schema;
    }

    public static OpenApiRequestBody Body(this OpenApiSchema schema, string mediaType = "application/json") => new()
    {
        Description = schema.Description,
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [mediaType] = new() { Schema = schema } },
    };
}
