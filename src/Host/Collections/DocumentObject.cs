using System.Text.Json.Serialization;
using Orchestrator.Host.OpenAi;
using Orchestrator.Retrieval.Collections.Documents;

namespace Orchestrator.Host.Collections;

/// <summary>A document of a collection.</summary>
/// <param name="Embedding">A unit vector, where it was asked for.</param>
sealed record DocumentObject(
    string Id, string Text,
    [property: JsonConverter(typeof(FieldsConverter))] IReadOnlyDictionary<string, FieldValue> Metadata,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float[]? Embedding)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "document";

    public static DocumentObject Of(Document document) => new(document.Id, document.Text, document.Metadata, document.Vector);
}

/// <summary>One page of documents, in an order of the store's own.</summary>
sealed record DocumentList(IReadOnlyList<DocumentObject> Data, bool HasMore)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "list";

    public string? LastId => Data.Count > 0 ? Data[^1].Id : null;
}

sealed record DocumentDeletion(string Id)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "document";

    public bool Deleted { get; init; } = true;
}

/// <param name="Deleted">How many documents there were.</param>
sealed record DocumentsDeletion(long Deleted)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "collection.deletion";
}

/// <param name="Upserted">How many documents were added or replaced; they are on the disk.</param>
sealed record UpsertReply(int Upserted, EmbeddingUsage Usage)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "collection.upsert";
}
