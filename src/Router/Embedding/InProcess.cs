namespace Orchestrator.Router.Embedding;

/// <summary>For embedders that compute here and now.</summary>
static class InProcess
{
    public static ValueTask<IReadOnlyList<float[]>> Embed(
        IReadOnlyList<string> texts, Func<string, float[]> embed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var vectors = new float[texts.Count][];
        for (int text = 0; text < vectors.Length; text++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            vectors[text] = embed(texts[text]);
        }
        return ValueTask.FromResult<IReadOnlyList<float[]>>(vectors);
    }
}
