using Orchestrator.Experts.Configuration;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Retrieval.Collections.Embedded;
using Orchestrator.Retrieval.Collections.Qdrant;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Host.Composition;

/// <summary>The store of collections, opened by whoever needs it first.</summary>
sealed class OpenedCollections(OrchestratorConfig config, TimeProvider time) : IAsyncDisposable
{
    /// <summary>A server's address may come to mean another machine.</summary>
    static readonly TimeSpan ConnectionAge = TimeSpan.FromMinutes(5);

    readonly Lock _opening = new();
    ICollectionStore? _store;

    /// <exception cref="CollectionException">The configuration lacks what the store needs.</exception>
    public ICollectionStore Store()
    {
        lock (_opening) return _store ??= Open();
    }

    /// <summary>Tells before long work that a collection is missing, or that the folder is another process's.</summary>
    /// <exception cref="CollectionException">The collection of one of the policies cannot be searched.</exception>
    public async Task CheckAsync(IEnumerable<PolicyConfig> policies, CancellationToken cancellationToken)
    {
        foreach (var name in policies.Select(policy => policy.Context).OfType<PassagesConfig>()
            .Where(context => context.When != RetrieveWhen.Never).Select(context => context.Collection).Distinct(StringComparer.Ordinal))
            await Store().OpenAsync(name, cancellationToken);
    }

    public ValueTask DisposeAsync() => _store?.DisposeAsync() ?? ValueTask.CompletedTask;

    ICollectionStore Open() => config.Retrieval.Qdrant is { } qdrant
        ? new QdrantStore(
            new QdrantOptions(new Uri(qdrant.Url)) { ApiKey = Key(qdrant), Timeout = qdrant.Timeout },
            new SocketsHttpHandler { PooledConnectionLifetime = ConnectionAge }, time)
        : new EmbeddedStore(
            CollectionsFolder.Of(config.Retrieval), new VectorIndexOptions { ApproximateFrom = config.Retrieval.ApproximateFrom }, time);

    static string? Key(QdrantConfig qdrant) => qdrant.ApiKeyEnv is not { } variable ? null
        : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } key ? key
        : throw new CollectionException(
            CollectionFailure.Unavailable,
            $"Collections cannot be used: the environment variable {variable} (retrieval.qdrant.api_key_env) is not set.");
}
