using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Retrieval.Collections.Documents;
using Orchestrator.Retrieval.Collections.Filters;

namespace Orchestrator.Retrieval.Collections.Qdrant;

/// <summary>A collection on a Qdrant server.</summary>
sealed class QdrantDocuments(QdrantClient client, CollectionSpec spec, long created) : IDocuments
{
    string Path => $"collections/{spec.Name}/points";

    public CollectionSpec Spec => spec;

    public async Task<CollectionFacts> FactsAsync(CancellationToken cancellationToken = default) =>
        new(spec, created, await CountAsync((Filter?)null, cancellationToken));

    public Task UpsertAsync(string space, IReadOnlyList<Document> documents, CancellationToken cancellationToken = default)
    {
        Document[] checkedOnes = SpaceGuard.Checked(spec, space, documents);
        return checkedOnes.Length == 0 ? Task.CompletedTask : ChangeAsync(
            HttpMethod.Put, Path, new JsonObject { ["points"] = new JsonArray([.. checkedOnes.Select(QdrantPoint.Write)]) }, cancellationToken);
    }

    public async Task<IReadOnlyList<Document>> GetAsync(
        IReadOnlyList<string> ids, bool withVectors = false, CancellationToken cancellationToken = default)
    {
        if (ids.Count == 0)
            return [];
        JsonElement points = await ReadAsync(Path, new JsonObject
        {
            ["ids"] = Ids(ids),
            ["with_payload"] = true,
            ["with_vector"] = withVectors ? new JsonArray(QdrantPoint.Dense) : false,
        }, cancellationToken);
        Dictionary<string, Document> found = points.EnumerateArray().Select(QdrantPoint.Read).ToDictionary(document => document.Id, StringComparer.Ordinal);
        return [.. ids.Distinct(StringComparer.Ordinal).Where(found.ContainsKey).Select(id => found[id])];
    }

    public async Task<IReadOnlyList<Document>> ListAsync(string? after, int limit, CancellationToken cancellationToken = default)
    {
        // A page begins at an id and not behind it, so one more is asked for.
        var request = new JsonObject { ["limit"] = after is null ? limit : limit + 1, ["with_payload"] = true, ["with_vector"] = false };
        if (after is not null)
            request["offset"] = PointId.Of(after).ToString();
        JsonElement page = await ReadAsync($"{Path}/scroll", request, cancellationToken);
        return [.. page.GetProperty("points").EnumerateArray().Select(QdrantPoint.Read).Where(document => document.Id != after).Take(limit)];
    }

    public Task<long> DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken = default) => ids.Count == 0
        ? Task.FromResult(0L)
        : DeleteAsync(
            new JsonObject { ["must"] = new JsonArray(new JsonObject { ["has_id"] = Ids(ids) }) },
            new JsonObject { ["points"] = Ids(ids) }, cancellationToken);

    public Task<long> DeleteAsync(Filter filter, CancellationToken cancellationToken = default) => DeleteAsync(
        QdrantFilter.Write(filter), new JsonObject { ["filter"] = QdrantFilter.Write(filter) }, cancellationToken);

    public Task<long> CountAsync(Filter? filter, CancellationToken cancellationToken = default) =>
        CountAsync(filter is null ? null : QdrantFilter.Write(filter), cancellationToken);

    public Task<IReadOnlyList<Found>> DenseAsync(
        string space, float[] vector, int count, Filter? filter, CancellationToken cancellationToken = default) => QueryAsync(
        QdrantPoint.Dense, QdrantPoint.Vector(SpaceGuard.Checked(spec, space, vector)), count, filter, cancellationToken);

    public Task<IReadOnlyList<Found>> LexicalAsync(
        string text, int count, Filter? filter, CancellationToken cancellationToken = default) => TermWeights.OfQuery(text) is { } weights
        ? QueryAsync(QdrantPoint.Lexical, weights, count, filter, cancellationToken)
        : Task.FromResult<IReadOnlyList<Found>>([]);

    async Task<IReadOnlyList<Found>> QueryAsync(string vectors, JsonNode query, int count, Filter? filter, CancellationToken cancellationToken)
    {
        var request = new JsonObject
        {
            ["query"] = query,
            ["using"] = vectors,
            ["limit"] = count,
            ["with_payload"] = new JsonArray(QdrantPoint.Id),
        };
        if (filter is not null)
            request["filter"] = QdrantFilter.Write(filter);
        JsonElement result = await ReadAsync($"{Path}/query", request, cancellationToken);
        return [.. result.GetProperty("points").EnumerateArray().Select(point => new Found(
            point.GetProperty("payload").GetProperty(QdrantPoint.Id).GetString()!, point.GetProperty("score").GetDouble()))];
    }

    async Task<long> CountAsync(JsonObject? filter, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["exact"] = true };
        if (filter is not null)
            request["filter"] = filter;
        return (await ReadAsync($"{Path}/count", request, cancellationToken)).GetProperty("count").GetInt64();
    }

    /// <summary>Qdrant does not tell how many it deleted; what comes or goes between the two requests is not in the number.</summary>
    async Task<long> DeleteAsync(JsonObject counted, JsonObject selected, CancellationToken cancellationToken)
    {
        long there = await CountAsync(counted, cancellationToken);
        if (there > 0)
            await ChangeAsync(HttpMethod.Post, $"{Path}/delete", selected, cancellationToken);
        return there;
    }

    /// <summary>Waits until the change is done, so that later searches find it.</summary>
    async Task ChangeAsync(HttpMethod method, string path, JsonObject body, CancellationToken cancellationToken)
    {
        JsonElement result = await client.WriteAsync(method, path + "?wait=true", body, cancellationToken) ?? throw CollectionException.NoCollection(spec.Name);
        if (result.GetProperty("status").GetString() is not "completed" and var status)
            throw new CollectionException(CollectionFailure.Unavailable, $"The Qdrant server has not finished the change ({status}); it may still come.");
    }

    async Task<JsonElement> ReadAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        await client.ReadAsync(HttpMethod.Post, path, body, cancellationToken) ?? throw CollectionException.NoCollection(spec.Name);

    static JsonArray Ids(IReadOnlyList<string> ids) =>
        new([.. ids.Distinct(StringComparer.Ordinal).Select(id => JsonValue.Create(PointId.Of(id).ToString()))]);
}
