using Orchestrator.Host.OpenAi;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Retrieval.Collections.Documents;

namespace Orchestrator.Host.Collections;

/// <summary>Gives documents that came without a vector one of the collection's model.</summary>
static class DocumentEmbedding
{
    /// <exception cref="CollectionException">A vector is of another space than the collection's: one that came, or those of a model that was changed.</exception>
    public static async Task<(IReadOnlyList<Document> Documents, EmbeddingUsage Usage)> RunAsync(
        CollectionSpec collection, UpsertRequest request, ICollectionEncoder encoder, CancellationToken cancellationToken)
    {
        if (request.Space is { } given) SpaceGuard.Check(collection, given);
        string[] texts = [.. request.Documents.Where(document => document.Vector is null).Select(document => document.Text)];
        if (texts.Length == 0) return (request.Documents, new EmbeddingUsage(0));
        var encoded = await encoder.EncodeDocumentsAsync(collection.Model, texts, cancellationToken);
        SpaceGuard.Check(collection, encoded.Space);
        var next = 0;
        return (
            [.. request.Documents.Select(document => document.Vector is null ? document with { Vector = encoded.Vectors[next++] } : document)],
            new EmbeddingUsage(encoded.Tokens));
    }
}
