using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Orchestrator.Client.Wire;

/// <summary>Of <c>POST /v1/collections</c>.</summary>
sealed record CreateRequest(string Name, string? Model);

sealed record CollectionReply(string Name, string? Model = null, string? Space = null, int? Dimensions = null, long? Documents = null);

/// <summary>Of <c>GET /v1/collections</c>.</summary>
sealed record CollectionsReply(IReadOnlyList<CollectionReply> Data) : IJsonOnDeserialized
{
    public void OnDeserialized() => Items.Check(Data, "data");
}

/// <summary>One of <c>POST /v1/collections/{name}/documents</c>.</summary>
sealed record UpsertDocument(string Id, string Text, JsonObject? Metadata);

sealed record UpsertedReply(int Upserted);

/// <summary>Of <c>POST /v1/collections/{name}/query</c>.</summary>
sealed record SearchBody(string Query, int TopK, string? Mode, string? Model, JsonElement? Filter);

sealed record SearchReply(IReadOnlyList<SearchItem> Results, SearchedBy? Route = null) : IJsonOnDeserialized
{
    public void OnDeserialized() => Items.Check(Results, "results");
}

sealed record SearchItem(string Id, double Score, string? Text = null, IReadOnlyDictionary<string, JsonElement>? Metadata = null);

sealed record SearchedBy(string Expert);

sealed record DeletedReply(bool Deleted);
