using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.Experts.Loading;
using Orchestrator.LlamaCpp;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Experts.Tests.Loading;

public sealed class CheckedModelLoaderTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly FakeModelLoader _loader = new();
    readonly ExpertConfig _expert;

    public CheckedModelLoaderTests()
    {
        _expert = new ExpertConfig { Id = "a", File = TinyGguf.Random().Save(_folder.Path, "a.gguf"), ChatTemplate = "chatml" };
        File.SetLastWriteTimeUtc(_expert.File, DateTime.UnixEpoch);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Load_AsItWasChecked_TriesNothing()
    {
        var trial = new FakeTrial(("a.gguf", "never asked"));
        await using var model = await Over(trial).LoadAsync(_expert, new Progress<float>(), default);

        Assert.Empty(trial.Tried);
        Assert.Equal(["load a", "loaded a"], _loader.Events);
    }

    [Fact]
    public async Task Load_ChangedFile_IsTriedOnce()
    {
        var trial = new FakeTrial();
        var over = Over(trial);
        File.SetLastWriteTimeUtc(_expert.File, DateTime.UnixEpoch.AddSeconds(1));
        await (await over.LoadAsync(_expert, new Progress<float>(), default)).DisposeAsync();
        await (await over.LoadAsync(_expert, new Progress<float>(), default)).DisposeAsync();

        Assert.Equal([_expert.File], trial.Tried);
    }

    [Fact]
    public async Task Load_ChangedFileThatEmbeds_WaitsForAReload()
    {
        var trial = new FakeTrial();
        var embedding = _expert with { Purpose = ExpertPurpose.Embed, ChatTemplate = null };
        var over = Over(trial, embedding);
        File.SetLastWriteTimeUtc(_expert.File, DateTime.UnixEpoch.AddSeconds(1));

        var error = await Assert.ThrowsAsync<ModelLoadException>(() => over.LoadAsync(embedding, new Progress<float>(), default));
        over.Expect([Entry(embedding)]);
        await (await over.LoadAsync(embedding, new Progress<float>(), default)).DisposeAsync();

        Assert.EndsWith("reload the configuration", error.Message, StringComparison.Ordinal);
        Assert.Empty(trial.Tried);
    }

    [Fact]
    public async Task Load_ChangedFileThatTheTrialRefuses_IsNotOpenedAndTriedAgainNextTime()
    {
        var trial = new FakeTrial(("a.gguf", "it ended its trial process"));
        var over = Over(trial);
        File.SetLastWriteTimeUtc(_expert.File, DateTime.UnixEpoch.AddSeconds(1));
        foreach (var _ in new[] { 1, 2 })
        {
            var error = await Assert.ThrowsAsync<ModelLoadException>(() => over.LoadAsync(_expert, new Progress<float>(), default));
            Assert.EndsWith("has changed and is refused: it ended its trial process", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(2, trial.Tried.Count);
        Assert.Empty(_loader.Events);
    }

    [Fact]
    public async Task Load_TargetOfALinkChanged_IsTried()
    {
        var link = _expert with { File = _folder.File("link") };
        File.CreateSymbolicLink(link.File, _expert.File);
        var trial = new FakeTrial(("link", "bad weights"));
        var over = Over(trial, link);
        await (await over.LoadAsync(link, new Progress<float>(), default)).DisposeAsync();
        File.SetLastWriteTimeUtc(_expert.File, DateTime.UnixEpoch.AddSeconds(1));

        await Assert.ThrowsAsync<ModelLoadException>(() => over.LoadAsync(link, new Progress<float>(), default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Load_RefusedWhenItWasInspected_IsTried(bool atTheStart)
    {
        var trial = new FakeTrial(("a.gguf", "bad weights"));
        var refused = new CatalogEntry(_expert, null, new MemoryEstimate(50, 50), "bad weights") { Stamps = FileStamps.Of(_expert) };
        var over = new CheckedModelLoader(_loader, trial, atTheStart ? [refused] : []);
        if (!atTheStart)
            over.Expect([refused]);

        await Assert.ThrowsAsync<ModelLoadException>(() => over.LoadAsync(_expert, new Progress<float>(), default));
        Assert.Empty(_loader.Events);
    }

    CheckedModelLoader Over(FakeTrial trial, ExpertConfig? expert = null) => new(_loader, trial, [Entry(expert ?? _expert)]);

    static CatalogEntry Entry(ExpertConfig config) =>
        new(config, null, new MemoryEstimate(50, 50), null) { Stamps = FileStamps.Of(config) };
}
