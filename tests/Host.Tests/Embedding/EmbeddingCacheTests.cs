using Orchestrator.Host.Embedding;
using Orchestrator.Router.Embedding;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Embedding;

public sealed class EmbeddingCacheTests : IDisposable
{
    static readonly string[] Texts = [.. Enumerable.Range(0, 300).Select(i => $"What is {i} plus {i % 7}, and the capital number {i % 11}?")];

    readonly TemporaryFolder _temporary = new();
    readonly ListLogger _log = new();
    readonly EmbeddingCache _cache;

    public EmbeddingCacheTests() => _cache = new EmbeddingCache(Folder, _log);

    string Folder => _temporary.File("cache");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Lsa_FittedBefore_IsReadFromTheFile()
    {
        LsaEmbedder fitted = _cache.Lsa(Texts);
        var file = Assert.Single(Directory.GetFiles(Folder, "lsa-*.bin"));
        var written = File.GetLastWriteTimeUtc(file).AddDays(-1);
        File.SetLastWriteTimeUtc(file, written);

        LsaEmbedder again = _cache.Lsa(Texts);

        Assert.Equal(fitted.Id, again.Id);
        Assert.Equal(fitted.Embed(Texts[5]), again.Embed(Texts[5]));
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void Lsa_DamagedFile_IsFittedAgainWithAWarning()
    {
        LsaEmbedder fitted = _cache.Lsa(Texts);
        var file = Assert.Single(Directory.GetFiles(Folder, "lsa-*.bin"));
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);

        Assert.Equal(fitted.Id, _cache.Lsa(Texts).Id);

        Assert.Contains("it was changed", Assert.Single(_log.Warnings));
        _cache.Lsa(Texts);
        Assert.Single(_log.Warnings);
    }

    [Fact]
    public void Lsa_OtherTexts_IsAnotherFileAndOldOnesGo()
    {
        for (var more = 0; more < 6; more++) _cache.Lsa([.. Texts, $"question {more}"]);

        Assert.Equal(4, Directory.GetFiles(Folder, "lsa-*.bin").Length);
    }

    [Fact]
    public void Lsa_FewTexts_AreNotKept()
    {
        _cache.Lsa(Texts[..20]);

        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public void Lsa_FolderCannotBeMade_IsAWarning()
    {
        File.WriteAllText(Folder, "a file");

        Assert.True(_cache.Lsa(Texts).Dimensions > 1);

        Assert.Contains("cannot be kept", Assert.Single(_log.Warnings));
    }

    [Fact]
    public async Task VectorsAsync_KeptOnes_AreNotAskedAgain()
    {
        await _cache.VectorsAsync(new FakeEmbedder(), ["a", "bb", "bb"], CancellationToken.None);
        var embedder = new FakeEmbedder();

        var vectors = await _cache.VectorsAsync(embedder, ["bb", "ccc", "a"], CancellationToken.None);

        Assert.Equal(["ccc"], embedder.Asked);
        Assert.Equal((1f, 2f, 3f), (vectors["a"][0], vectors["bb"][0], vectors["ccc"][0]));
    }

    [Fact]
    public async Task VectorsAsync_FailsOnTheWay_KeepsWhatThereIs()
    {
        await Assert.ThrowsAsync<IOException>(() => _cache.VectorsAsync(new FakeEmbedder { Most = 256 }, Texts, CancellationToken.None));
        var embedder = new FakeEmbedder();

        await _cache.VectorsAsync(embedder, Texts, CancellationToken.None);

        Assert.Equal(Texts[256..], embedder.Asked);
    }

    [Fact]
    public async Task VectorsAsync_DamagedFile_IsMadeAgainWithAWarning()
    {
        await _cache.VectorsAsync(new FakeEmbedder(), ["a"], CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(Folder, "vectors-fake.bin"), "ORCHVEC");
        var embedder = new FakeEmbedder();

        await _cache.VectorsAsync(embedder, ["a"], CancellationToken.None);

        Assert.Equal(["a"], embedder.Asked);
        Assert.Contains("is made again", Assert.Single(_log.Warnings));
    }
}
