namespace Orchestrator.Router.Embedding;

/// <summary>Has some vectors at hand and never forgets them: those texts complete synchronously, whatever the embedder.</summary>
/// <param name="inner">Asked for all others; of its space the vectors are.</param>
public sealed class KnownEmbedder(IEmbedder inner, IReadOnlyDictionary<string, float[]> known) : IEmbedder
{
    public string Id => inner.Id;

    public int Dimensions => inner.Dimensions;

    /// <returns>Vectors that others may hold as well: not to be changed.</returns>
    public ValueTask<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts.All(known.ContainsKey)
            ? ValueTask.FromResult<IReadOnlyList<float[]>>([.. texts.Select(text => known[text])])
            : AskAsync(texts, cancellationToken);
    }

    async ValueTask<IReadOnlyList<float[]>> AskAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        string[] asked = [.. texts.Where(text => !known.ContainsKey(text))];
        IReadOnlyList<float[]> answers = await inner.EmbedAsync(asked, cancellationToken);
        int next = 0;
        return [.. texts.Select(text => known.TryGetValue(text, out float[]? vector) ? vector : answers[next++])];
    }
}
