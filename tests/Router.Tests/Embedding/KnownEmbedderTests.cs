using Orchestrator.Router.Embedding;

namespace Orchestrator.Router.Tests.Embedding;

public sealed class KnownEmbedderTests
{
    readonly WaitingEmbedder _inner = new(["one", "two", "three"]);
    readonly float[] _one = [1];
    readonly KnownEmbedder _embedder;

    public KnownEmbedderTests() => _embedder = new KnownEmbedder(_inner, new Dictionary<string, float[]> { ["one"] = _one });

    [Fact]
    public async Task EmbedAsync_AllKnown_CompletesAtOnceWithoutAsking()
    {
        Task<IReadOnlyList<float[]>> vectors = _embedder.EmbedAsync(["one", "one"]).AsTask();

        Assert.True(vectors.IsCompletedSuccessfully);
        Assert.All(await vectors, vector => Assert.Same(_one, vector));
        Assert.Empty(_inner.Asked);
    }

    [Fact]
    public async Task EmbedAsync_SomeUnknown_AsksForThoseAndKeepsTheOrder()
    {
        IReadOnlyList<float[]> vectors = await _embedder.EmbedAsync(["two", "one", "three"]);

        Assert.Equal(["two", "three"], _inner.Asked);
        Assert.Same(_one, vectors[1]);
        Assert.Equal((await _inner.EmbedAsync(["two"]))[0], vectors[0]);
        Assert.Equal((await _inner.EmbedAsync(["three"]))[0], vectors[2]);
    }
}
