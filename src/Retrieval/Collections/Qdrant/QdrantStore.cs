using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Retrieval.Collections.Documents;

namespace Orchestrator.Retrieval.Collections.Qdrant;

/// <summary>
/// Collections on a Qdrant server that keeps metadata of collections (from version 1.16 on): there it says what a collection is,
/// and collections without it are somebody else's.
/// </summary>
public sealed class QdrantStore : ICollectionStore
{
    const string Mark = "orchestrator";

    readonly QdrantClient _client;
    readonly TimeProvider _time;

    /// <param name="handler">Sends the requests; disposed with the store.</param>
    public QdrantStore(QdrantOptions options, HttpMessageHandler handler, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _client = new QdrantClient(handler, options, time);
        _time = time;
    }

    public async Task<IDocuments> CreateAsync(CollectionSpec spec, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        string path = PathOf(spec.Name);
        if (await _client.ReadAsync(HttpMethod.Get, path, null, cancellationToken) is not null)
            throw CollectionException.AlreadyThere(spec.Name);
        long created = _time.GetUtcNow().ToUnixTimeSeconds();
        try
        {
            await _client.WriteAsync(HttpMethod.Put, path, Definition(spec, created), cancellationToken);
        }
        catch (CollectionException failure) when (failure.Failure == CollectionFailure.Exists)
        {
            throw CollectionException.AlreadyThere(spec.Name);
        }
        if (Read(spec.Name, await _client.ReadAsync(HttpMethod.Get, path, null, cancellationToken)) is { } made)
            return made;
        // Made by us just now, and of no use.
        await _client.WriteAsync(HttpMethod.Delete, path, null, cancellationToken);
        throw new CollectionException(
            CollectionFailure.Unavailable, "The Qdrant server keeps no metadata of collections; version 1.16 or a later one is needed.");
    }

    public async Task<IReadOnlyList<CollectionEntry>> ListAsync(CancellationToken cancellationToken = default)
    {
        var entries = new List<CollectionEntry>();
        JsonElement? result = await _client.ReadAsync(HttpMethod.Get, "collections", null, cancellationToken);
        string[] names = result is null ? [] : [.. result.Value.GetProperty("collections").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];
        foreach (string name in names.Where(CollectionName.IsValid).Order(StringComparer.Ordinal))
        {
            try
            {
                if (await FindAsync(name, cancellationToken) is { } documents)
                    entries.Add(new CollectionEntry(name, await documents.FactsAsync(cancellationToken)));
            }
            catch (CollectionException failure) when (failure.Failure is CollectionFailure.Damaged or CollectionFailure.NotFound)
            {
                if (failure.Failure == CollectionFailure.Damaged)
                    entries.Add(new CollectionEntry(name, null, failure.Message));
            }
        }
        return entries;
    }

    public async Task<IDocuments> OpenAsync(string name, CancellationToken cancellationToken = default) =>
        await FindAsync(name, cancellationToken) ?? throw CollectionException.NoCollection(name);

    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        string path = PathOf(name);
        if (await _client.ReadAsync(HttpMethod.Get, path, null, cancellationToken) is not { } info || MarkOf(info) is null)
            return false;
        return await _client.WriteAsync(HttpMethod.Delete, path, null, cancellationToken) is { ValueKind: JsonValueKind.True };
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task<QdrantDocuments?> FindAsync(string name, CancellationToken cancellationToken) =>
        Read(name, await _client.ReadAsync(HttpMethod.Get, PathOf(name), null, cancellationToken));

    QdrantDocuments? Read(string name, JsonElement? info)
    {
        if (info is not { } known || MarkOf(known) is not { } mark)
            return null;
        try
        {
            var spec = new CollectionSpec(
                name, mark.GetProperty("model").GetString()!, mark.GetProperty("space").GetString()!, mark.GetProperty("dimensions").GetInt32())
            {
                Metadata = Fields.Read(mark.GetProperty("metadata")),
            };
            return new QdrantDocuments(_client, spec, mark.GetProperty("created").GetInt64());
        }
        catch (Exception failure) when (failure is KeyNotFoundException or InvalidOperationException or FormatException or CollectionException)
        {
            throw new CollectionException(
                CollectionFailure.Damaged, $"The metadata of the collection '{name}' on the Qdrant server is not what was written.", failure);
        }
    }

    static JsonElement? MarkOf(JsonElement info) =>
        info.GetProperty("config").TryGetProperty("metadata", out JsonElement metadata) && metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty(Mark, out JsonElement mark) && mark.ValueKind == JsonValueKind.Object
            ? mark
            : null;

    static JsonObject Definition(CollectionSpec spec, long created) => new()
    {
        ["vectors"] = new JsonObject { [QdrantPoint.Dense] = new JsonObject { ["size"] = spec.Dimensions, ["distance"] = "Cosine" } },
        ["sparse_vectors"] = new JsonObject { [QdrantPoint.Lexical] = new JsonObject { ["modifier"] = "idf" } },
        ["metadata"] = new JsonObject
        {
            [Mark] = new JsonObject
            {
                ["model"] = spec.Model,
                ["space"] = spec.Space,
                ["dimensions"] = spec.Dimensions,
                ["created"] = created,
                ["metadata"] = JsonNode.Parse(Fields.Write(spec.Metadata)),
            },
        },
    };

    static string PathOf(string name) => $"collections/{CollectionName.Check(name)}";
}
