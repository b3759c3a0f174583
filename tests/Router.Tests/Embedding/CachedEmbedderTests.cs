using Orchestrator.Router.Embedding;

namespace Orchestrator.Router.Tests.Embedding;

public sealed class CachedEmbedderTests
{
    readonly LengthEmbedder _inner = new();

    [Fact]
    public async Task EmbedAsync_KnownTexts_AreNotAskedAgain()
    {
        var cache = new CachedEmbedder(_inner);

        await cache.EmbedAsync(["a", "bb"]);
        IReadOnlyList<float[]> vectors = await cache.EmbedAsync(["bb", "ccc", "a", "ccc", "dddd"]);

        Assert.Equal([["a", "bb"], ["ccc", "dddd"]], _inner.Asked);
        Assert.Equal([2f, 3f, 1f, 3f, 4f], vectors.Select(vector => vector[0]));
    }

    [Fact]
    public async Task EmbedAsync_AllKnown_CompletesAtOnce()
    {
        var cache = new CachedEmbedder(_inner);
        await cache.EmbedAsync(["a"]);

        Task<IReadOnlyList<float[]>> known = cache.EmbedAsync(["a"]).AsTask();

        Assert.True(known.IsCompletedSuccessfully);
        Assert.Single(_inner.Asked);
    }

    [Fact]
    public async Task EmbedAsync_Full_ForgetsTheTextUnusedForLongest()
    {
        var cache = new CachedEmbedder(_inner, capacity: 2);
        await cache.EmbedAsync(["a"]);
        await cache.EmbedAsync(["bb"]);
        await cache.EmbedAsync(["a"]);

        await cache.EmbedAsync(["ccc"]);
        await cache.EmbedAsync(["a"]);
        await cache.EmbedAsync(["bb"]);

        Assert.Equal([["a"], ["bb"], ["ccc"], ["bb"]], _inner.Asked);
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public async Task EmbedAsync_MoreTextsThanRoom_AreAllAnswered()
    {
        var cache = new CachedEmbedder(_inner, capacity: 2);

        IReadOnlyList<float[]> vectors = await cache.EmbedAsync(["a", "bb", "ccc", "dddd"]);

        Assert.Equal([1f, 2f, 3f, 4f], vectors.Select(vector => vector[0]));
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public async Task EmbedAsync_InnerFails_RemembersNothing()
    {
        var cache = new CachedEmbedder(_inner);
        _inner.Fails = true;

        await Assert.ThrowsAsync<IOException>(async () => await cache.EmbedAsync(["a"]));
        _inner.Fails = false;
        await cache.EmbedAsync(["a"]);

        Assert.Equal(2, _inner.Asked.Count);
    }

    [Fact]
    public async Task EmbedAsync_ManyThreads_AnswersEachRightly()
    {
        var cache = new CachedEmbedder(HashedEmbedder.Fit([]), capacity: 5);
        string[] texts = [.. Enumerable.Range(0, 20).Select(i => new string('x', i))];
        IReadOnlyList<float[]> expected = await HashedEmbedder.Fit([]).EmbedAsync(texts);

        await Parallel.ForAsync(0, 200, async (i, cancellationToken) =>
        {
            int text = i * 7 % texts.Length;
            Assert.Equal(expected[text], (await cache.EmbedAsync([texts[text]], cancellationToken))[0]);
        });

        Assert.Equal(5, cache.Count);
    }

    [Fact]
    public void Create_NoRoom_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new CachedEmbedder(_inner, 0));

    /// <summary>A text's vector is its length.</summary>
    sealed class LengthEmbedder : IEmbedder
    {
        public List<string[]> Asked { get; } = [];

        public bool Fails { get; set; }

        public string Id => "length";

        public int Dimensions => 1;

        public async ValueTask<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
        {
            Asked.Add([.. texts]);
            await Task.Yield();
            return Fails ? throw new IOException("No answer.") : [.. texts.Select(text => new float[] { text.Length })];
        }
    }
}
