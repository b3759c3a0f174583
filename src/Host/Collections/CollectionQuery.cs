using Orchestrator.Host.OpenAi;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Retrieval.Collections.Searching;

namespace Orchestrator.Host.Collections;

/// <summary>A query from its text to its results: embedded if need be, then searched.</summary>
static class CollectionQuery
{
    public static async Task<QueryReply> RunAsync(
        IDocuments documents, QueryRequest request, ICollectionEncoder encoder, CancellationToken cancellationToken)
    {
        var search = request.Search;
        EncodedQuery? encoded = null;
        if (request.NeedsEmbedding)
        {
            encoded = await encoder.EncodeQueryAsync(documents.Spec.Space, request.Model, search.Text!, cancellationToken);
            search = search with { Vector = encoded.Vector, Space = encoded.Space };
        }
        var hits = await CollectionSearch.RunAsync(documents, search, cancellationToken);
        return new QueryReply(
            [.. hits.Select(hit => QueryResult.Of(hit, request))], search.Mode.ToString().ToLowerInvariant(),
            encoded is null ? null : new QueryRoute(encoded.Expert, encoded.Space, encoded.Reasons), new EmbeddingUsage(encoded?.Tokens ?? 0));
    }
}
