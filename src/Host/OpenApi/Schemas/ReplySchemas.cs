using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using Orchestrator.Host.Collections;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.OpenApi.Schemas;

/// <summary>
/// Schemas of what the service writes, read off the very type information that writes it; objects become components of the
/// document, by the names of their types.
/// </summary>
sealed class ReplySchemas(OpenApiDocument document)
{
    readonly HashSet<string> _made = new(StringComparer.Ordinal);

    public IOpenApiSchema Of(Type type) => Of(WireJson.Wire.Options.GetTypeInfo(type), nullable: false, words: null);

    /// <summary>Its properties as they are named on the wire, but those that are never written.</summary>
    public static IEnumerable<JsonPropertyInfo> PropertiesOf(JsonTypeInfo type) => type.Properties.Where(property => property.Get is not null);

    IOpenApiSchema Of(JsonTypeInfo type, bool nullable, string? words) => type.Kind switch
    {
        // A reference cannot be nullable in 3.0, so that such an object stands where it is.
        JsonTypeInfoKind.Object when nullable => ObjectOf(type, nullable),
        JsonTypeInfoKind.Object => Component(type),
        JsonTypeInfoKind.Enumerable => new OpenApiSchema
        {
            Type = OrNull(JsonSchemaType.Array, nullable),
            Description = words,
            Items = Of(ElementOf(type), nullable: false, words: null),
        },
        JsonTypeInfoKind.Dictionary => new OpenApiSchema
        {
            Type = OrNull(JsonSchemaType.Object, nullable),
            Description = words,
            AdditionalProperties = Of(ElementOf(type), nullable: false, words: null),
        },
        _ => Scalar(type, nullable, words),
    };

    OpenApiSchemaReference Component(JsonTypeInfo type)
    {
        var name = type.Type.Name;
        // Taken before it is made: a type may lead back to itself.
        if (_made.Add(name)) document.AddComponent<IOpenApiSchema>(name, ObjectOf(type, nullable: false));

        return new OpenApiSchemaReference(name, document);
    }

    OpenApiSchema ObjectOf(JsonTypeInfo type, bool nullable)
    {
        var words = ReplyWords.Of(type.Type);
        var properties = PropertiesOf(type).ToList();
        return new OpenApiSchema
        {
            Type = OrNull(JsonSchemaType.Object, nullable),
            Description = words.Text,
            Properties = properties.ToDictionary(property => property.Name, property => Property(property, words.Of(property.Name)), StringComparer.Ordinal),
            Required = properties.Where(IsAlwaysThere).Select(property => property.Name).ToHashSet(StringComparer.Ordinal),
        };
    }

    IOpenApiSchema Property(JsonPropertyInfo property, string? words)
    {
        if (property.CustomConverter is FieldsConverter) return MetadataSchema.Written(words);
        if (property.PropertyType == typeof(object)) return Anything(property.Name, words);
        return Of(WireJson.Wire.Options.GetTypeInfo(property.PropertyType), property.IsGetNullable && IsAlwaysThere(property), words);
    }

    /// <summary>The two that are told as objects: a vector may be text, and log probabilities are never given.</summary>
    static OpenApiSchema Anything(string name, string? words) => name == "embedding"
        ? Schema.Either(words ?? "", Schema.List("Numbers.", Schema.Number("A number.")), Schema.Text("Their bytes as little-endian singles, in base64."))
        : new OpenApiSchema { Type = JsonSchemaType.Object | JsonSchemaType.Null, Description = words };

    static OpenApiSchema Scalar(JsonTypeInfo type, bool nullable, string? words)
    {
        var plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        var (kind, format) = KindOf(plain);
        return new OpenApiSchema
        {
            Type = OrNull(kind, nullable),
            Format = format,
            Description = words,
            Enum = plain.IsEnum ? [.. Enum.GetValuesAsUnderlyingType(plain).Cast<object>().Select(value => Written(Enum.ToObject(plain, value)))] : null,
        };
    }

    static (JsonSchemaType Kind, string? Format) KindOf(Type plain) => Type.GetTypeCode(plain) switch
    {
        _ when plain.IsEnum => (JsonSchemaType.String, null),
        TypeCode.Boolean => (JsonSchemaType.Boolean, null),
        TypeCode.Int32 => (JsonSchemaType.Integer, "int32"),
        TypeCode.Int64 => (JsonSchemaType.Integer, "int64"),
        TypeCode.Single => (JsonSchemaType.Number, "float"),
        TypeCode.Double => (JsonSchemaType.Number, "double"),
        TypeCode.String => (JsonSchemaType.String, null),
        _ => throw new NotSupportedException($"{plain} has no schema."),
    };

    static JsonNode Written(object value) => JsonSerializer.SerializeToNode(value, WireJson.Wire.Options.GetTypeInfo(value.GetType()))!;

    static JsonTypeInfo ElementOf(JsonTypeInfo type) => WireJson.Wire.Options.GetTypeInfo(type.ElementType!);

    static bool IsAlwaysThere(JsonPropertyInfo property) =>
        property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: true) is not true;

    static JsonSchemaType OrNull(JsonSchemaType type, bool nullable) => nullable ? type | JsonSchemaType.Null : type;
}
