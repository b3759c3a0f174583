using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts.Embedding;

/// <summary>An expert that embeds elsewhere.</summary>
sealed class RemoteEmbeddingExpert(ExpertConfig config, string space, RemoteEmbeddings remote) : IEmbeddingExpert
{
    /// <summary>Of the first vectors that came; 0 before.</summary>
    int _dimensions;

    public string Id => config.Id;

    public string Space => space;

    public bool QueriesOnly => false;

    /// <summary>Null before it was asked.</summary>
    public int? Dimensions => Volatile.Read(ref _dimensions) is > 0 and var known ? known : null;

    public async Task<EmbeddedTexts> EmbedAsync(EmbeddingCall request, CancellationToken cancellationToken = default)
    {
        var texts = EmbeddingTexts.Prefixed(config, request).Texts;
        var vectors = new List<float[]>(texts.Count);
        var tokens = 0;
        foreach (var batch in texts.Chunk(config.Remote!.Batch))
        {
            var part = await remote.EmbedAsync(Id, config.Remote, batch, cancellationToken);
            foreach (var vector in part.Vectors)
                CheckDimensions(vector.Length);
            vectors.AddRange(part.Vectors);
            tokens += part.Tokens;
        }

        return new EmbeddedTexts(vectors, tokens);
    }

    /// <summary>What was replaced behind the same name has vectors of another space.</summary>
    void CheckDimensions(int dimensions)
    {
        if (Interlocked.CompareExchange(ref _dimensions, dimensions, 0) is not 0 and var known && known != dimensions)
        {
            throw new ExpertException(
                ExpertFailure.Failed, Id, $"the endpoint of '{Id}' gave a vector of {dimensions} numbers, but its others have {known}; its model was replaced");
        }
    }
}
