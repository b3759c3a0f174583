namespace Orchestrator.Client.Wire;

/// <summary>Of <c>POST /v1/collections</c>.</summary>
sealed record CreateRequest(string Name, string? Model);

sealed record CollectionReply(string Name, string? Model, string? Space, int? Dimensions, long? Documents);

/// <summary>Of <c>POST /v1/collections/{name}/documents</c>.</summary>
sealed record UpsertBody(IReadOnlyList<UpsertDocument> Documents);

sealed record UpsertDocument(string Id, string Text, IReadOnlyDictionary<string, object?>? Metadata);

sealed record UpsertedReply(int Upserted);

/// <summary>Of <c>POST /v1/collections/{name}/query</c>.</summary>
sealed record SearchBody(string Query, int TopK, string? Mode, string? Model, System.Text.Json.JsonElement? Filter);

sealed record SearchReply(IReadOnlyList<SearchItem> Results, SearchedBy? Route);

sealed record SearchItem(string Id, double Score, string? Text, IReadOnlyDictionary<string, System.Text.Json.JsonElement>? Metadata);

sealed record SearchedBy(string Expert);

sealed record DeletedReply(bool Deleted);
