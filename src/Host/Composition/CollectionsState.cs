using Orchestrator.Experts.Configuration;
using Orchestrator.Host.OpenAi;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Retrieval.Collections.Embedded;
using Orchestrator.Retrieval.Collections.Qdrant;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Host.Composition;

/// <summary>
/// Collections beside everything else. Their store is opened by the first request that needs it; where it cannot be used,
/// everything else serves all the same.
/// </summary>
sealed class CollectionsState(ServiceState state, OrchestratorConfig config, TimeProvider time) : IHostedService
{
    /// <summary>A server's address may come to mean another machine.</summary>
    static readonly TimeSpan ConnectionAge = TimeSpan.FromMinutes(5);

    readonly Lock _opening = new();
    ICollectionStore? _store;

    /// <exception cref="ApiException">503 while the service starts, or when the configuration lacks what the store needs.</exception>
    public ICollectionStore Store()
    {
        state.Ready();
        lock (_opening) return _store ??= Open();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_store is not null) await _store.DisposeAsync();
    }

    ICollectionStore Open() => config.Retrieval.Qdrant is { } qdrant
        ? new QdrantStore(
            new QdrantOptions(new Uri(qdrant.Url)) { ApiKey = Key(qdrant), Timeout = qdrant.Timeout },
            new SocketsHttpHandler { PooledConnectionLifetime = ConnectionAge }, time)
        : new EmbeddedStore(
            CollectionFolder.Of(config.Retrieval), new VectorIndexOptions { ApproximateFrom = config.Retrieval.ApproximateFrom }, time);

    static string? Key(QdrantConfig qdrant) => qdrant.ApiKeyEnv is not { } variable ? null
        : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } key ? key
        : throw new ApiException(ApiError.Unavailable(
            $"Collections cannot be used: the environment variable {variable} (retrieval.qdrant.api_key_env) is not set.", TimeSpan.FromMinutes(1)));
}
