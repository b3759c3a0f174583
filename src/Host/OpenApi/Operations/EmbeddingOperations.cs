using Orchestrator.Host.OpenAi;
using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.OpenApi.Operations;

static class EmbeddingOperations
{
    public static Operation Embed { get; } = new(
        "create_embedding", Tag.Embeddings, "Turn texts into vectors",
        "Turns texts into vectors of length 1 that are near where the texts mean alike. All vectors of a reply are of one space, which it names; vectors of different spaces must not be compared.")
    {
        Body = EmbeddingBodies.Embed.Body(),
        Replies = [Reply.Json<EmbeddingReply>("The vectors, in the order of the texts.") with { Headers = [.. ReplyHeaders.Embedded] }],
        Refusals = [400, 404, 413, 429, 503, 504],
    };

    public static Operation Rerank { get; } = new(
        "rerank_documents", Tag.Embeddings, "Order documents by a query",
        "Orders documents by how near their meaning is to a query's, the nearest first, with a score of -1 to 1 each.")
    {
        Body = EmbeddingBodies.Rerank.Body(),
        Replies = [Reply.Json<RerankReply>("The documents, the nearest first.") with { Headers = [.. ReplyHeaders.Embedded] }],
        Refusals = [400, 404, 413, 429, 503, 504],
    };
}
