using Orchestrator.Experts.Embedding;
using Orchestrator.Retrieval.Collections;

namespace Orchestrator.Host.Retrieval;

/// <summary>Embeds for collections with the experts of the service as it is now. Of what is too long, the beginning counts.</summary>
sealed class CollectionEncoder(Func<RoutedEmbedder> embedder) : ICollectionEncoder
{
    public string? Base => embedder().Base;

    public async Task<EncodedTexts> EncodeDocumentsAsync(string model, IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        var call = new EmbeddingCall(texts, EmbeddedSide.Document) { CutLongTexts = true };
        var embedded = await embedder().EmbedAsync(model, call, cancellationToken);
        return new EncodedTexts(embedded.Space, [.. embedded.Items.Select(item => item.Vector)], embedded.Tokens);
    }

    public async Task<EncodedQuery> EncodeQueryAsync(string space, string model, string text, CancellationToken cancellationToken = default)
    {
        var routed = embedder();
        // A collection of another space than the routed one is asked with the expert that embedded it.
        var asked = model == RoutedEmbedder.Automatic && routed.Find(model).Space != space ? SpaceName.DocumentsOf(space) ?? model : model;
        if (routed.Find(asked) is var expert && expert.Space != space)
        {
            throw new CollectionException(
                CollectionFailure.OtherSpace,
                $"The expert '{expert.Id}' embeds into the space '{expert.Space}', whose vectors cannot be compared with those of '{space}'.");
        }

        var embedded = await routed.EmbedAsync(asked, new EmbeddingCall([text], EmbeddedSide.Query) { CutLongTexts = true }, cancellationToken);
        var item = embedded.Items[0];
        return new EncodedQuery(item.Expert, embedded.Space, item.Vector, item.Route?.Reasons ?? [Reason(model, item.Expert)], embedded.Tokens);
    }

    static string Reason(string model, string expert) => model == expert
        ? $"The request names the expert '{expert}' itself."
        : $"The expert '{expert}' embeds every query of this space: no pilots are in use for it.";
}
