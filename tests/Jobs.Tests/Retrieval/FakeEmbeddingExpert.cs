using Orchestrator.Experts.Embedding;
using Orchestrator.Jobs.Retrieval.Searching;

namespace Orchestrator.Jobs.Tests.Retrieval;

/// <summary>
/// Knows some words: each is an axis, and a text points where its words do. Words that it does not know leave a text near a
/// corner of its own.
/// </summary>
sealed class FakeEmbeddingExpert(string id, string space, bool queriesOnly, params string[] words) : IEmbeddingExpert
{
    /// <summary>Axes of all words that any fake may know, so that vectors of one space agree.</summary>
    static readonly string[] Axes = ["wing", "flow", "shock", "blood", "lens", "tumour"];

    public string Id => id;

    public string Space => space;

    public bool QueriesOnly => queriesOnly;

    public List<EmbeddingCall> Calls { get; } = [];

    public Task<EmbeddedTexts> EmbedAsync(EmbeddingCall request, CancellationToken cancellationToken = default)
    {
        Calls.Add(request);
        return Task.FromResult(new EmbeddedTexts([.. request.Texts.Select(Vector)], request.Texts.Count));
    }

    float[] Vector(string text)
    {
        var vector = new float[Axes.Length + 1];
        foreach (string word in text.Split(' '))
        {
            if (words.Contains(word))
                vector[Array.IndexOf(Axes, word)]++;
        }
        vector[^1] = 0.1f;
        float length = MathF.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / length)];
    }
}

/// <summary>Keeps nothing.</summary>
sealed class PlainDocuments : IDocumentVectors
{
    public async Task<IReadOnlyList<float[]>> OfAsync(IEmbeddingExpert expert, IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        (await expert.EmbedAsync(new EmbeddingCall(texts, EmbeddedSide.Document), cancellationToken)).Vectors;
}
