using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Tests.Gguf;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Experts.Tests.Catalog;

public sealed class ExpertPoolTests : IDisposable
{
    static readonly GenerationRequest Hello = new() { Messages = [new ChatTurn("user", "hello")] };

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_BadFilesAmongGood_QuarantinesThemAndServesTheOthers()
    {
        TinyGguf.Random().Save(_folder.Path, "good.gguf");
        TinyGguf.Random().Save(_folder.Path, "crashes.gguf");
        TinyGguf.Random().With("llama.block_count", 0u).Save(_folder.Path, "hostile.gguf");
        File.WriteAllText(FileOf("text"), "this is no model, but long enough for a header");
        var trial = new FakeTrial(("crashes.gguf", "it ended its trial process with exit code 134"));
        await using var pool = await StartAsync(new FakeModelLoader(), trial, "good", "missing", "text", "hostile", "crashes");

        Assert.Collection(
            pool.Snapshot(),
            s => Assert.Equal(("good", Residency.Cold, null, 256), (s.Id, s.Residency, s.Reason, s.Facts?.ContextLength)),
            s => Assert.Equal(("missing", Residency.Quarantined, "the file 'missing.gguf' does not exist", null), (s.Id, s.Residency, s.Reason, s.Facts)),
            s => Assert.Equal("the file does not begin with 'GGUF'", s.Reason),
            s => Assert.Equal(("llama.block_count is 0, allowed are 1 to 512", "llama"), (s.Reason, s.Facts?.Architecture)),
            s => Assert.Equal("it ended its trial process with exit code 134", s.Reason));
        Assert.Equal([FileOf("good"), FileOf("crashes")], trial.Tried);
        Assert.Equal("good", await AnswerAsync(pool, "good"));
        foreach (var id in new[] { "missing", "text", "hostile", "crashes" })
        {
            var error = await Assert.ThrowsAsync<ExpertException>(() => AnswerAsync(pool, id));
            Assert.Equal((ExpertFailure.Quarantined, id), (error.Failure, error.Expert));
            Assert.Contains(pool.Snapshot().Single(s => s.Id == id).Reason!, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Start_TwoExpertsOnOneFile_TriesItOnce()
    {
        TinyGguf.Random().Save(_folder.Path, "shared.gguf");
        var trial = new FakeTrial(("shared.gguf", "bad weights"));
        var config = new OrchestratorConfig
        {
            Path = "",
            Experts = [.. new[] { "a", "b" }.Select(id => new ExpertConfig { Id = id, File = FileOf("shared") })],
        };
        await using var pool = await ExpertPool.StartAsync(
            config, new FakeModelLoader(), trial, TimeProvider.System, NullLoggerFactory.Instance);

        Assert.Single(trial.Tried);
        Assert.All(pool.Snapshot(), s => Assert.Equal("bad weights", s.Reason));
    }

    [Fact]
    public async Task Start_TrialTellsTheWholePath_ClientsSeeTheFileNameOnly()
    {
        TinyGguf.Random().Save(_folder.Path, "a.gguf");
        var trial = new FakeTrial(("a.gguf", $"llama.cpp cannot load '{FileOf("a")}': too old"));
        await using var pool = await StartAsync(new FakeModelLoader(), trial, "a");

        Assert.Equal("llama.cpp cannot load 'a.gguf': too old", pool.Snapshot()[0].Reason);
    }

    [Fact]
    public async Task Snapshot_ExpertsLargerThanTheBudget_DoNotFitEvenInQuarantine()
    {
        var config = new OrchestratorConfig
        {
            Path = "",
            Memory = new MemoryConfig { Budget = 4L << 20 },
            Experts =
            [
                .. new[] { "large", "refused", "small" }.Select(id => new ExpertConfig
                {
                    Id = id, MaxSequences = 1,
                    File = TinyGguf.Random(embedding: id == "small" ? 32 : 256, layers: 6).Save(_folder.Path, $"{id}.gguf"),
                }),
                new ExpertConfig { Id = "missing", File = FileOf("missing") },
            ],
        };
        await using var pool = await ExpertPool.StartAsync(
            config, new FakeModelLoader(), new FakeTrial(("refused.gguf", "bad weights")), TimeProvider.System, NullLoggerFactory.Instance);

        Assert.Equal([false, false, true, true], pool.Snapshot().Select(s => s.FitsBudget));
    }

    [Fact]
    public async Task Order_KnownJob_BeginsWithWhatIsResident()
    {
        foreach (var id in new[] { "a", "b", "c" })
            TinyGguf.Random().Save(_folder.Path, $"{id}.gguf");
        await using var pool = await StartAsync(new FakeModelLoader(), new FakeTrial(), "a", "b", "c");
        await pool.LoadAsync("c");
        var groups = new[] { "a", "b", "c", "gone" }.Select(id => WorkGroup.Of(id, 10)).ToArray();

        Assert.Equal("c", groups[pool.Order(groups).First(g => groups[g].Experts[0] != "gone")].Experts[0]);
        Assert.Equal([0, 1, 2, 3], pool.Order(groups).Order());
    }

    [Fact]
    public async Task Get_UnknownId_Throws()
    {
        TinyGguf.Random().Save(_folder.Path, "a.gguf");
        await using var pool = await StartAsync(new FakeModelLoader(), new FakeTrial(), "a");

        var error = Assert.Throws<ExpertException>(() => pool.Get("b"));
        Assert.Equal((ExpertFailure.Unknown, "b"), (error.Failure, error.Expert));
    }

    [Fact]
    public async Task Generate_NotEnumerated_LoadsNothing()
    {
        TinyGguf.Random().Save(_folder.Path, "a.gguf");
        var loader = new FakeModelLoader();
        await using var pool = await StartAsync(loader, new FakeTrial(), "a");
        _ = pool.Get("a").GenerateAsync(Hello);

        Assert.Empty(loader.Events);
        Assert.Equal("a", await AnswerAsync(pool, "a"));
        Assert.Equal((Residency.Resident, 100, 0), (pool.Snapshot()[0].Residency, pool.Snapshot()[0].ResidentBytes, pool.Snapshot()[0].ActiveRequests));
    }

    [Fact]
    public async Task Generate_ConsumerStopsReading_GivesTheModelBack()
    {
        TinyGguf.Random().Save(_folder.Path, "a.gguf");
        await using var pool = await StartAsync(new FakeModelLoader { Generation = FakeGenerations.Hang }, new FakeTrial(), "a");
        await foreach (var chunk in pool.Get("a").GenerateAsync(Hello))
        {
            Assert.Equal(1, pool.Snapshot()[0].ActiveRequests);
            break;
        }

        Assert.Equal(0, pool.Snapshot()[0].ActiveRequests);
    }

    [Fact]
    public async Task Generate_ClientCancels_GivesTheModelBack()
    {
        TinyGguf.Random().Save(_folder.Path, "a.gguf");
        await using var pool = await StartAsync(new FakeModelLoader { Generation = FakeGenerations.Hang }, new FakeTrial(), "a");
        using var client = new CancellationTokenSource();
        await using var chunks = pool.Get("a").GenerateAsync(Hello, client.Token).GetAsyncEnumerator(default);
        Assert.True(await chunks.MoveNextAsync());
        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await chunks.MoveNextAsync());
        Assert.Equal(0, pool.Snapshot()[0].ActiveRequests);
    }

    [Fact]
    public async Task Dispose_WhileARequestRuns_EndsItAsUnavailable()
    {
        TinyGguf.Random().Save(_folder.Path, "a.gguf");
        var pool = await StartAsync(new FakeModelLoader { Generation = FakeGenerations.Hang }, new FakeTrial(), "a");
        await using var chunks = pool.Get("a").GenerateAsync(Hello).GetAsyncEnumerator();
        Assert.True(await chunks.MoveNextAsync());
        var next = chunks.MoveNextAsync();
        await pool.DisposeAsync();

        var error = await Assert.ThrowsAsync<ExpertException>(async () => await next);
        Assert.Equal(ExpertFailure.Unavailable, error.Failure);
    }

    [Theory]
    [InlineData(GenerationFailure.PromptTooLong, ExpertFailure.PromptTooLong)]
    [InlineData(GenerationFailure.InvalidRequest, ExpertFailure.InvalidRequest)]
    [InlineData(GenerationFailure.QueueFull, ExpertFailure.Unavailable)]
    [InlineData(GenerationFailure.Closed, ExpertFailure.Unavailable)]
    [InlineData(GenerationFailure.Stalled, ExpertFailure.Unavailable)]
    [InlineData(GenerationFailure.BadLogits, ExpertFailure.Failed)]
    [InlineData(GenerationFailure.DecodeFailed, ExpertFailure.Failed)]
    public async Task Generate_EngineFails_MapsTheKind(GenerationFailure engine, ExpertFailure expected)
    {
        TinyGguf.Random().Save(_folder.Path, "a.gguf");
        await using var pool = await StartAsync(
            new FakeModelLoader { Generation = FakeGenerations.Fail(engine) }, new FakeTrial(), "a");

        var error = await Assert.ThrowsAsync<ExpertException>(() => AnswerAsync(pool, "a"));
        Assert.Equal((expected, "a", $"fake {engine}"), (error.Failure, error.Expert, error.Message));
        Assert.Equal(0, pool.Snapshot()[0].ActiveRequests);
    }

    [Theory]
    [InlineData(GenerationFailure.Closed, 2)]
    [InlineData(GenerationFailure.DecodeFailed, 2)]
    [InlineData(GenerationFailure.BadLogits, 1)]
    [InlineData(GenerationFailure.PromptTooLong, 1)]
    public async Task Generate_AfterAFailureOfTheEngine_LoadsAfreshWhereItWouldMeetItAgain(GenerationFailure failure, int loads)
    {
        TinyGguf.Random().Save(_folder.Path, "a.gguf");
        var broken = FakeGenerations.Fail(failure);
        var asked = 0;
        var loader = new FakeModelLoader
        {
            Generation = (expert, request, closed, cancellationToken) =>
                (asked++ == 0 ? broken : FakeGenerations.SayId)(expert, request, closed, cancellationToken),
        };
        await using var pool = await StartAsync(loader, new FakeTrial(), "a");
        await Assert.ThrowsAsync<ExpertException>(() => AnswerAsync(pool, "a"));

        Assert.Equal("a", await AnswerAsync(pool, "a"));
        Assert.Equal(loads, loader.Events.Count(e => e == "load a"));
    }

    [Fact]
    public async Task Generate_RequestWithoutMaxTokens_TakesTheExperts()
    {
        TinyGguf.Random().Save(_folder.Path, "a.gguf");
        var seen = new List<int?>();
        var loader = new FakeModelLoader
        {
            Generation = (expert, request, closed, cancellationToken) =>
            {
                seen.Add(request.MaxTokens);
                return FakeGenerations.SayId(expert, request, closed, cancellationToken);
            },
        };
        var config = new OrchestratorConfig { Path = "", Experts = [new() { Id = "a", File = FileOf("a"), MaxTokens = 7 }] };
        await using var pool = await ExpertPool.StartAsync(
            config, loader, new FakeTrial(), TimeProvider.System, NullLoggerFactory.Instance);
        await AnswerAsync(pool, "a");
        await foreach (var _ in pool.Get("a").GenerateAsync(Hello with { MaxTokens = 3 }))
        {
        }

        Assert.Equal([7, 3], seen);
    }

    [Fact]
    public async Task Reconfigure_AutomaticGpuBudget_IsMeasuredAgain()
    {
        TinyGguf.Random().Save(_folder.Path, "a.gguf");
        long? free = 1000;
        var config = new OrchestratorConfig { Path = "", Experts = [new() { Id = "a", File = FileOf("a") }] };
        await using var pool = await ExpertPool.StartAsync(
            config, new FakeModelLoader(), new FakeTrial(), TimeProvider.System, NullLoggerFactory.Instance, gpuFree: () => free);
        var atStart = pool.Measure().Budgets.Gpu;
        free = 500;
        await pool.ReconfigureAsync(config);

        Assert.Equal((900, 450), (atStart, pool.Measure().Budgets.Gpu));
    }

    string FileOf(string id) => _folder.File($"{id}.gguf");

    Task<ExpertPool> StartAsync(FakeModelLoader loader, FakeTrial trial, params string[] ids) => ExpertPool.StartAsync(
        new OrchestratorConfig { Path = "", Experts = [.. ids.Select(id => new ExpertConfig { Id = id, File = FileOf(id) })] },
        loader, trial, TimeProvider.System, NullLoggerFactory.Instance);

    static async Task<string> AnswerAsync(ExpertPool pool, string id)
    {
        var text = "";
        await foreach (var chunk in pool.Get(id).GenerateAsync(Hello))
            text += chunk.Text;
        return text;
    }
}
