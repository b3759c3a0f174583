using Orchestrator.Retrieval.Collections.Documents;
using Orchestrator.Retrieval.Collections.Filters;

namespace Orchestrator.Retrieval.Collections;

/// <summary>
/// The documents of one collection. What was acknowledged is found by every later call, and survives the process and a power cut. All methods
/// fail with <see cref="CollectionException"/>.
/// </summary>
public interface IDocuments
{
    /// <summary>As of when it was opened; none of it ever changes.</summary>
    CollectionSpec Spec { get; }

    Task<CollectionFacts> FactsAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds documents, each with a vector, and replaces those whose ids are there; all or none of them.</summary>
    /// <param name="space">That the vectors are of. Vectors are kept as unit vectors.</param>
    Task UpsertAsync(string space, IReadOnlyList<Document> documents, CancellationToken cancellationToken = default);

    /// <summary>Those that are there, in the order of the ids.</summary>
    Task<IReadOnlyList<Document>> GetAsync(IReadOnlyList<string> ids, bool withVectors = false, CancellationToken cancellationToken = default);

    /// <summary>A page in an order of the store's own that does not change.</summary>
    /// <param name="after">Id of the last document of the page before, which need not be there any more; null begins.</param>
    Task<IReadOnlyList<Document>> ListAsync(string? after, int limit, CancellationToken cancellationToken = default);

    /// <returns>How many there were.</returns>
    Task<long> DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken = default);

    /// <returns>How many there were.</returns>
    Task<long> DeleteAsync(Filter filter, CancellationToken cancellationToken = default);

    /// <param name="filter">Null counts all.</param>
    Task<long> CountAsync(Filter? filter, CancellationToken cancellationToken = default);

    /// <summary>The nearest by cosine.</summary>
    /// <param name="space">That the vector is of.</param>
    Task<IReadOnlyList<Found>> DenseAsync(
        string space, float[] vector, int count, Filter? filter, CancellationToken cancellationToken = default);

    /// <summary>The best by the words they share with a text.</summary>
    Task<IReadOnlyList<Found>> LexicalAsync(string text, int count, Filter? filter, CancellationToken cancellationToken = default);
}

/// <summary>A document that a search found.</summary>
/// <param name="Score">Higher is better, and comparable within one search.</param>
public readonly record struct Found(string Id, double Score);
