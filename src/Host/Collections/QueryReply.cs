using System.Text.Json.Serialization;
using Orchestrator.Host.OpenAi;
using Orchestrator.Retrieval.Collections.Documents;
using Orchestrator.Retrieval.Collections.Searching;

namespace Orchestrator.Host.Collections;

/// <summary>What a query found.</summary>
/// <param name="Route">Who embedded the query and why; null when nobody did.</param>
sealed record QueryReply(
    IReadOnlyList<QueryResult> Results, string Mode,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] QueryRoute? Route, EmbeddingUsage Usage)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "collection.results";
}

/// <param name="Score">A cosine, a BM25 score, or in a hybrid search the sum of what its places count.</param>
sealed record QueryResult(
    string Id, double Score, QueryRanks Ranks,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(FieldsConverter))]
    IReadOnlyDictionary<string, FieldValue>? Metadata,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float[]? Embedding)
{
    public static QueryResult Of(SearchHit hit, QueryRequest request) => new(
        hit.Document.Id, hit.Score, new QueryRanks(hit.DensePlace, hit.LexicalPlace), request.WithText ? hit.Document.Text : null,
        request.WithMetadata ? hit.Document.Metadata : null, hit.Document.Vector);
}

/// <summary>Places from 1 in the two rankings; null where it is not in one.</summary>
sealed record QueryRanks(int? Dense, int? Lexical);

sealed record QueryRoute(string Expert, string Space, IReadOnlyList<string> Reasons);
