using Orchestrator.Host.OpenAi;
using Orchestrator.Retrieval.Collections;

namespace Orchestrator.Host.Composition;

/// <summary>
/// Collections beside everything else. Their store is opened by the first request that needs it; where it cannot be used,
/// everything else serves all the same.
/// </summary>
sealed class CollectionsState(ServiceState state, OpenedCollections opened)
{
    /// <exception cref="ApiException">503 while the service starts.</exception>
    /// <exception cref="CollectionException">The configuration lacks what the store needs.</exception>
    public ICollectionStore Store()
    {
        state.Ready();
        return opened.Store();
    }
}
