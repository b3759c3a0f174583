using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Retrieval.Collections.Documents;

namespace Orchestrator.Host.Collections;

/// <summary>A collection of <c>/v1/collections</c>.</summary>
/// <param name="MemoryBytes">That its indexes take; null until it is searched.</param>
/// <param name="Error">Why it cannot be used; then nothing but its name is known.</param>
sealed record CollectionObject(
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Space = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Dimensions = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? CreatedAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Documents = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(FieldsConverter))]
    IReadOnlyDictionary<string, FieldValue>? Metadata = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? MemoryBytes = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Approximate = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "collection";

    public static CollectionObject Of(CollectionFacts facts) => new(
        facts.Spec.Name, facts.Spec.Model, facts.Spec.Space, facts.Spec.Dimensions, facts.Created, facts.Documents, facts.Spec.Metadata,
        facts.MemoryBytes, facts.Approximate);

    public static CollectionObject Of(CollectionEntry entry) =>
        entry.Facts is { } facts ? Of(facts) : new CollectionObject(entry.Name, Error: entry.Problem);
}

sealed record CollectionList(IReadOnlyList<CollectionObject> Data)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "list";
}

sealed record CollectionDeletion(string Name)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "collection";

    public bool Deleted { get; init; } = true;
}

/// <summary>Metadata as the flat object it came as.</summary>
sealed class FieldsConverter : JsonConverter<IReadOnlyDictionary<string, FieldValue>>
{
    public override IReadOnlyDictionary<string, FieldValue> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        return Fields.Read(json.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, FieldValue> value, JsonSerializerOptions options) =>
        Fields.Write(writer, value);
}
