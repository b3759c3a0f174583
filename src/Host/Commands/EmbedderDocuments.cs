using Orchestrator.Experts.Embedding;
using Orchestrator.Host.Embedding;
using Orchestrator.Jobs.Retrieval.Searching;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Host.Commands;

/// <summary>Vectors of documents by experts, kept on the disk by space: the next run computes only those that are new.</summary>
sealed class EmbedderDocuments(EmbeddingCache cache) : IDocumentVectors
{
    public async Task<IReadOnlyList<float[]>> OfAsync(IEmbeddingExpert expert, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        if (texts.Count == 0) return [];
        var first = await EmbedAsync(expert, [texts[0]], cancellationToken);
        var vectors = await cache.VectorsAsync(new DocumentEmbedder(expert, first[0].Length), texts, cancellationToken);
        return [.. texts.Select(text => vectors[text])];
    }

    static async Task<IReadOnlyList<float[]>> EmbedAsync(IEmbeddingExpert expert, IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        (await expert.EmbedAsync(new EmbeddingCall(texts, EmbeddedSide.Document) { CutLongTexts = true }, cancellationToken)).Vectors;

    sealed class DocumentEmbedder(IEmbeddingExpert expert, int dimensions) : IEmbedder
    {
        /// <summary>Part of a file's name.</summary>
        public string Id => $"documents-{Uri.EscapeDataString(expert.Space)}";

        public int Dimensions => dimensions;

        public async ValueTask<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
            await EmbedderDocuments.EmbedAsync(expert, texts, cancellationToken);
    }
}
