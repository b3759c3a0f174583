using System.Text.Json;
using Orchestrator.Client.Collections;
using Orchestrator.Client.Connection;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client;

/// <summary>Collections of documents that are searched by meaning and by words: <c>/v1/collections</c>.</summary>
/// <remarks>Every call throws an <see cref="ArgumentException"/> for what is no name: 1 to 64 letters a-z, A-Z, digits, '-' and '_'.</remarks>
/// <param name="http">Used and left open when given.</param>
public sealed class OrchestratorCollections(OrchestratorClientOptions options, HttpClient? http = null) : IDisposable
{
    readonly ServiceConnection _service = new(options, http);

    /// <param name="model">Id of the expert that embeds the documents; null is the service's base.</param>
    /// <exception cref="OrchestratorException">There is one of that name, or the service refused or is not there.</exception>
    public async Task<CollectionInfo> CreateAsync(string name, string? model = null, CancellationToken cancellationToken = default) =>
        CollectionInfo.Of(await _service.SendAsync(
            ServiceCall.Of(HttpMethod.Post, "/v1/collections", new CreateRequest(Checked(name), model), ClientJson.Wire.CreateRequest) with { Once = true },
            ClientJson.Wire.CollectionReply,
            cancellationToken).ConfigureAwait(false));

    /// <summary>All of them, by name; of one that the service cannot read no more is known.</summary>
    /// <exception cref="OrchestratorException">The service refused or is not there.</exception>
    public async Task<IReadOnlyList<CollectionInfo>> ListAsync(CancellationToken cancellationToken = default)
    {
        var call = new ServiceCall(HttpMethod.Get, "/v1/collections");
        var reply = await _service.SendAsync(call, ClientJson.Wire.CollectionsReply, cancellationToken).ConfigureAwait(false);
        return [.. reply.Data.Select(CollectionInfo.Of).OrderBy(collection => collection.Name, StringComparer.Ordinal)];
    }

    /// <returns>Null when there is none.</returns>
    /// <exception cref="OrchestratorException">The service refused or is not there.</exception>
    public async Task<CollectionInfo?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            var call = new ServiceCall(HttpMethod.Get, PathOf(name));
            return CollectionInfo.Of(await _service.SendAsync(call, ClientJson.Wire.CollectionReply, cancellationToken).ConfigureAwait(false));
        }
        catch (OrchestratorException missing) when (IsAbsent(missing))
        {
            return null;
        }
    }

    /// <returns>Whether there was one.</returns>
    /// <exception cref="OrchestratorException">The service refused or is not there.</exception>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            var call = new ServiceCall(HttpMethod.Delete, PathOf(name)) { Once = true };
            return (await _service.SendAsync(call, ClientJson.Wire.DeletedReply, cancellationToken).ConfigureAwait(false)).Deleted;
        }
        catch (OrchestratorException missing) when (IsAbsent(missing))
        {
            return false;
        }
    }

    /// <summary>
    /// Adds documents, or replaces those of the same ids; what was acknowledged is on the service's disk. They go in their order, in
    /// requests of at most 1,000 documents and 2 MiB; a larger one goes alone, up to the service's <c>server.max_body_bytes</c>.
    /// </summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="OrchestratorException">The service refused or is not there; what was sent before is kept.</exception>
    /// <exception cref="ArgumentException">
    /// A document is null, or its metadata has a value that it cannot have; the message names it. What was sent before is kept.
    /// </exception>
    public async Task<int> UpsertAsync(string name, IEnumerable<CollectionDocument> documents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var upserted = 0;
        foreach (var part in DocumentParts.Of(documents))
        {
            var call = new ServiceCall(HttpMethod.Post, $"{PathOf(name)}/documents", part);
            upserted += (await _service.SendAsync(call, ClientJson.Wire.UpsertedReply, cancellationToken).ConfigureAwait(false)).Upserted;
        }

        return upserted;
    }

    /// <summary>The best documents for a query, by meaning and by words unless <paramref name="query"/> says otherwise.</summary>
    /// <exception cref="OrchestratorException">There is no such collection, or the service refused or is not there.</exception>
    public async Task<IReadOnlyList<CollectionHit>> QueryAsync(string name, CollectionQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Filter is { ValueKind: JsonValueKind.Undefined })
            throw new ArgumentException($"{nameof(CollectionQuery)}.{nameof(query.Filter)} is a JsonElement without a value; leave it null to search all documents.", nameof(query));
        var body = new SearchBody(query.Text, query.Top, query.Mode, query.Model, query.Filter);
        var reply = await _service.SendAsync(
            HttpMethod.Post, $"{PathOf(name)}/query", body, ClientJson.Wire.SearchBody, ClientJson.Wire.SearchReply, cancellationToken).ConfigureAwait(false);
        return [.. reply.Results.Select(item => new CollectionHit(item.Id, item.Score, item.Text ?? "")
        {
            Metadata = item.Metadata ?? new Dictionary<string, JsonElement>(),
            Expert = reply.Route?.Expert,
        })];
    }

    public void Dispose() => _service.Dispose();

    static string PathOf(string name) => $"/v1/collections/{Checked(name)}";

    static string Checked(string name) => CollectionNames.Problem(name) is { } problem ? throw new ArgumentException(problem, nameof(name)) : name;

    /// <summary>Any other 404 is of an address that has no collections at all.</summary>
    internal static bool IsAbsent(OrchestratorException refused) => refused is { Status: 404, Code: "collection_not_found" };
}

/// <param name="Space">That all of its vectors are of.</param>
public sealed record CollectionInfo(string Name, string Model, string Space, int Dimensions, long Documents)
{
    internal static CollectionInfo Of(CollectionReply reply) =>
        new(reply.Name, reply.Model ?? "", reply.Space ?? "", reply.Dimensions ?? 0, reply.Documents ?? 0);
}

/// <param name="Id">Its owner's name for it.</param>
public sealed record CollectionDocument(string Id, string Text)
{
    /// <summary>To filter by: texts, finite numbers, booleans, dates (as texts of ISO 8601), lists of texts, and JSON of these.</summary>
    public IReadOnlyDictionary<string, object?>? Metadata { get; init; }
}

/// <summary>What is looked for in a collection.</summary>
public sealed record CollectionQuery(string Text)
{
    /// <summary>Most documents wanted, 1 to 1,000.</summary>
    public int Top { get; init; } = 10;

    /// <summary><c>hybrid</c>, <c>dense</c> or <c>lexical</c>; null is hybrid.</summary>
    public string? Mode { get; init; }

    /// <summary>Id of the expert that embeds the query; null leaves it to routing.</summary>
    public string? Model { get; init; }

    /// <summary>On metadata, as the README shows; null takes all.</summary>
    public JsonElement? Filter { get; init; }
}

/// <param name="Score">Higher is better, and comparable within one query.</param>
public sealed record CollectionHit(string Id, double Score, string Text)
{
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Who embedded the query; null in a search by words alone.</summary>
    public string? Expert { get; init; }
}
