namespace Orchestrator.Router.Embedding;

/// <summary>The n-grams of <see cref="NgramEmbedder"/> hashed into a short dense vector: needs no training but word counts.</summary>
public sealed class HashedEmbedder : IEmbedder
{
    /// <summary>Enough for the zoo: 88.4 instead of 88.6% routed right with 65,536.</summary>
    const int Length = 2048;

    readonly NgramEmbedder _features;

    HashedEmbedder(NgramEmbedder features, string id) => (_features, Id) = (features, id);

    public string Id { get; }

    public int Dimensions => Length;

    public static HashedEmbedder Fit(IReadOnlyCollection<string> texts) => new(
        NgramEmbedder.Fit(texts, NgramEmbedderOptions.Default with { Dimensions = Length }),
        $"hashed-{Length}-{texts.Aggregate(0UL, (hash, text) => StableHash.Of(text, hash)):x16}");

    public ValueTask<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
        new([.. texts.Select(Embed)]);

    float[] Embed(string text)
    {
        SparseVector sparse = _features.Embed(text);
        var dense = new float[Length];
        for (int i = 0; i < sparse.Indices.Length; i++)
            dense[sparse.Indices[i]] = sparse.Values[i];
        return dense;
    }
}
