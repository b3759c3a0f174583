using Orchestrator.Retrieval.Collections.Documents;
using Orchestrator.Retrieval.Fusion;

namespace Orchestrator.Retrieval.Collections.Searching;

/// <summary>Searches any store's collection by cosine, by words or by both.</summary>
public static class CollectionSearch
{
    /// <summary>Places of each ranking that are fused, at least: a document that is middling in both may be best together.</summary>
    const int FewestFused = 100;

    /// <exception cref="CollectionException">The vector is of another space, or the store cannot be read.</exception>
    public static async Task<IReadOnlyList<SearchHit>> RunAsync(
        IDocuments documents, SearchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(request);
        int depth = request.Mode == SearchMode.Hybrid ? Math.Max(FewestFused, request.TopK) : request.TopK;
        Task<IReadOnlyList<Found>> dense = request.Mode == SearchMode.Lexical
            ? Task.FromResult<IReadOnlyList<Found>>([])
            : documents.DenseAsync(request.Space!, request.Vector!, depth, request.Filter, cancellationToken);
        Task<IReadOnlyList<Found>> lexical = request.Mode == SearchMode.Dense
            ? Task.FromResult<IReadOnlyList<Found>>([])
            : documents.LexicalAsync(request.Text!, depth, request.Filter, cancellationToken);
        await Task.WhenAll(dense, lexical);
        IReadOnlyList<Found> ranked = request.Mode switch
        {
            SearchMode.Dense => await dense,
            SearchMode.Lexical => await lexical,
            _ => Fuse(request, await dense, await lexical),
        };
        return await FetchAsync(documents, request, ranked, Places(await dense), Places(await lexical), cancellationToken);
    }

    static Found[] Fuse(SearchRequest request, IReadOnlyList<Found> dense, IReadOnlyList<Found> lexical) =>
    [
        .. ReciprocalRankFusion.Fuse<string>(
            [new([.. dense.Select(found => found.Id)], request.DenseWeight), new([.. lexical.Select(found => found.Id)], request.LexicalWeight)])
            .Take(request.TopK).Select(fused => new Found(fused.Item, fused.Score)),
    ];

    static async Task<IReadOnlyList<SearchHit>> FetchAsync(
        IDocuments documents, SearchRequest request, IReadOnlyList<Found> ranked, Dictionary<string, int> dense,
        Dictionary<string, int> lexical, CancellationToken cancellationToken)
    {
        var fetched = await documents.GetAsync([.. ranked.Select(found => found.Id)], request.WithVectors, cancellationToken);
        Dictionary<string, Document> byId = fetched.ToDictionary(document => document.Id, StringComparer.Ordinal);
        // One that was deleted since it was found is left out.
        return [.. ranked.Where(found => byId.ContainsKey(found.Id))
            .Select(found => new SearchHit(byId[found.Id], found.Score, Place(dense, found.Id), Place(lexical, found.Id)))];
    }

    static Dictionary<string, int> Places(IReadOnlyList<Found> ranking) =>
        ranking.Select((found, at) => (found.Id, Place: at + 1)).ToDictionary(item => item.Id, item => item.Place, StringComparer.Ordinal);

    static int? Place(Dictionary<string, int> places, string id) => places.TryGetValue(id, out int place) ? place : null;
}
