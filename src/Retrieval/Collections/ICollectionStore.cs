namespace Orchestrator.Retrieval.Collections;

/// <summary>Keeps collections: in files of this service, or on a server of its own.</summary>
public interface ICollectionStore : IAsyncDisposable
{
    /// <exception cref="CollectionException">There is one of that name, or the store cannot be used.</exception>
    Task<IDocuments> CreateAsync(CollectionSpec spec, CancellationToken cancellationToken = default);

    /// <summary>All collections by name; one that cannot be read says so and hides no other.</summary>
    Task<IReadOnlyList<CollectionEntry>> ListAsync(CancellationToken cancellationToken = default);

    /// <exception cref="CollectionException">There is none of that name, or it cannot be read.</exception>
    Task<IDocuments> OpenAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Deletes one that cannot be read too.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken = default);
}
