using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests;

/// <summary>Engines of one file hold its weights once.</summary>
public sealed class SharedWeightsTests(EngineFixture fixture) : IClassFixture<EngineFixture>, IDisposable
{
    readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LoadAsync_SameFileTwice_LoadsOnceAndEitherMayGoFirst(bool firstGoesFirst)
    {
        var path = TinyGguf.Saying("Answer: 42").Save(_folder.Path);
        var first = await fixture.LoadAsync(path);
        var second = await fixture.LoadAsync(path, EngineFixture.Greedy with { MaxSequences = 1 });

        Assert.Same(first.Model, second.Model);
        Assert.Equal(first.WeightBytes, second.WeightBytes);
        Assert.Equal(second.WeightBytes + second.ContextBytes, second.ResidentBytes);
        Assert.True(second.ContextBytes < first.ContextBytes, "One sequence needs less than four.");

        await (firstGoesFirst ? first : second).DisposeAsync();
        await using var left = firstGoesFirst ? second : first;

        Assert.Equal("Answer: 42", (await left.AnswerAsync(Chat.Ask("What?"))).Text);
    }

    [Fact]
    public async Task LoadAsync_ManyAtOnce_LoadsOnceAndAllAnswerTogether()
    {
        var path = TinyGguf.Saying("Answer: 42").Save(_folder.Path);

        var engines = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => fixture.LoadAsync(path)));
        var answers = await Task.WhenAll(engines.Select(engine => Task.Run(() => engine.AnswerAsync(Chat.Ask("What?")))));

        Assert.All(engines, engine => Assert.Same(engines[0].Model, engine.Model));
        Assert.All(answers, answer => Assert.Equal("Answer: 42", answer.Text));
        foreach (var engine in engines)
            await engine.DisposeAsync();
    }

    [Fact]
    public async Task DisposeAsync_LastEngine_FreesTheWeights()
    {
        var path = TinyGguf.Saying("abc").Save(_folder.Path);
        var engine = await fixture.LoadAsync(path);
        await engine.DisposeAsync();

        Assert.Equal(0, fixture.Runtime.Weights.Users(path));
        Assert.True(engine.Model.Handle.IsClosed);
        await using var again = await fixture.LoadAsync(path);
        Assert.NotSame(engine.Model, again.Model);
    }

    [Fact]
    public async Task CountPromptTokens_DisposedWhileAnotherHoldsTheWeights_FailsAsClosed()
    {
        var path = TinyGguf.Saying("abc").Save(_folder.Path);
        await using var other = await fixture.LoadAsync(path);
        var engine = await fixture.LoadAsync(path);
        await engine.DisposeAsync();

        var failure = Assert.Throws<GenerationException>(() => engine.CountPromptTokens(Chat.Ask("x")));

        Assert.Equal(GenerationFailure.Closed, failure.Failure);
    }

    [Fact]
    public async Task LoadAsync_FileReplacedMeanwhile_LoadsTheNewOne()
    {
        var path = TinyGguf.Saying("abc").Save(_folder.Path);
        await using var old = await fixture.LoadAsync(path);
        TinyGguf.Saying("xyz").Save(_folder.Path);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddYears(40));

        await using var fresh = await fixture.LoadAsync(path);

        Assert.Equal("abc", (await old.AnswerAsync(Chat.Ask("x"))).Text);
        Assert.Equal("xyz", (await fresh.AnswerAsync(Chat.Ask("x"))).Text);
    }

    [Fact]
    public async Task LoadAsync_ThroughALink_SharesWithTheFileItself()
    {
        var path = TinyGguf.Saying("abc").Save(_folder.Path);
        File.CreateSymbolicLink(_folder.File("link.gguf"), path);
        await using var direct = await fixture.LoadAsync(path);

        await using var linked = await fixture.LoadAsync(_folder.File("link.gguf"));

        Assert.Same(direct.Model, linked.Model);
    }

    [Fact]
    public async Task LoadAsync_MemoryMapDiffers_DoesNotShare()
    {
        var path = TinyGguf.Saying("abc").Save(_folder.Path);
        await using var read = await fixture.LoadAsync(path);

        await using var mapped = await fixture.LoadAsync(path, EngineFixture.Greedy with { MemoryMap = true });

        Assert.NotSame(read.Model, mapped.Model);
    }

    [Fact]
    public async Task LoadAsync_OthersWaitForAFailingLoad_AllSeeItsReason()
    {
        var path = _folder.File("damaged.gguf");
        await File.WriteAllBytesAsync(path, TinyGguf.Random().ToBytes()[..^1000]);

        var loads = Enumerable.Range(0, 4).Select(_ => fixture.LoadAsync(path)).ToArray();

        foreach (var load in loads)
            Assert.Contains(path, (await Assert.ThrowsAsync<ModelLoadException>(() => load)).Message, StringComparison.Ordinal);
        Assert.Equal(0, fixture.Runtime.Weights.Users(path));
    }

    [Fact]
    public async Task LoadAsync_FirstUserCancelled_TheWaitingOneGetsItsModel()
    {
        var path = TinyGguf.Saying("abc").Save(_folder.Path);
        using var cancellation = new CancellationTokenSource();
        using var begun = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        var first = BatchEngine.LoadAsync(fixture.Runtime, path, EngineFixture.Greedy, NullLoggerFactory.Instance,
            new Once(() => Hold(begun, goOn)), cancellation.Token);
        await begun.WaitAsync();

        var joined = new TaskCompletionSource();
        var second = BatchEngine.LoadAsync(fixture.Runtime, path, EngineFixture.Greedy, NullLoggerFactory.Instance,
            new Once(joined.SetResult));
        while (fixture.Runtime.Weights.Users(path) < 2)
            await Task.Delay(1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        goOn.Release();

        await using var engine = await second;
        await joined.Task;
        Assert.Equal("abc", (await engine.AnswerAsync(Chat.Ask("x"))).Text);
    }

    [Fact]
    public async Task LoadAsync_WeightsAreThereAlready_KeepsNothingOfWhoCameLater()
    {
        var path = TinyGguf.Saying("abc").Save(_folder.Path);
        await using var first = await fixture.LoadAsync(path);

        var later = await LoadAndLeaveAsync(path);

        for (var i = 0; i < 100 && later.IsAlive; i++)
        {
            GC.Collect();
            await Task.Delay(1);
        }
        Assert.False(later.IsAlive);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The progress that an engine was loaded with which is gone again.</summary>
    async Task<WeakReference> LoadAndLeaveAsync(string path)
    {
        var progress = new Once(() => { });
        var engine = await BatchEngine.LoadAsync(fixture.Runtime, path, EngineFixture.Greedy, NullLoggerFactory.Instance, progress);
        await engine.DisposeAsync();
        return new WeakReference(progress);
    }

    static void Hold(SemaphoreSlim begun, SemaphoreSlim goOn)
    {
        begun.Release();
        goOn.Wait();
    }

    sealed class Once(Action action) : IProgress<float>
    {
        Action? _action = action;

        public void Report(float value) => Interlocked.Exchange(ref _action, null)?.Invoke();
    }
}
