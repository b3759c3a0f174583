using Orchestrator.Host.OpenAi;
using Orchestrator.Retrieval.Collections;

namespace Orchestrator.Host.Composition;

/// <summary>
/// Collections beside everything else. Their store is opened by the first request that needs it; where it cannot be used,
/// everything else serves all the same.
/// </summary>
sealed class CollectionsState(ServiceState state, OpenedCollections opened, IServiceProvider services)
{
    /// <exception cref="ApiException">503 while the service starts.</exception>
    /// <exception cref="CollectionException">The configuration lacks what the store needs.</exception>
    public ICollectionStore Store()
    {
        state.Ready();
        return opened.Store();
    }

    /// <exception cref="ApiException">400 when no expert is configured that embeds.</exception>
    public ICollectionEncoder Encoder() => services.GetService<ICollectionEncoder>() is { Base: not null } encoder ? encoder : throw new ApiException(ApiError.Invalid(
        "No expert of this service embeds texts: send embeddings with 'space', or search with mode 'lexical'.", "model", "no_embedding_expert"));
}
