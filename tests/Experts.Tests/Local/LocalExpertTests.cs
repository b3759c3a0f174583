using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.Experts.Local;
using Orchestrator.Experts.Tests.Gguf;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Experts.Tests.Local;

/// <summary>The pool over the real engine, with one thread.</summary>
public sealed class LocalExpertTests : IDisposable
{
    static readonly GenerationRequest Hello = new() { Messages = [new ChatTurn("user", "hello")] };

    static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(10);

    readonly TemporaryFolder _folder = new();
    readonly LlamaRuntime _runtime = LlamaRuntime.Start(new LlamaRuntimeOptions { MaxThreads = 1 }, NullLoggerFactory.Instance);

    public void Dispose()
    {
        _runtime.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Generate_RoomForOneOfTwo_EachAnswersInTurn()
    {
        var config = Config(("one", TinyGguf.Saying("one")), ("two", TinyGguf.Saying("two")));
        var estimate = config.Experts.Max(e => MemoryEstimate.Of(GgufReader.Read(e.File), e).Total);
        await using var pool = await StartAsync(config with { Memory = new MemoryConfig { Budget = estimate * 3 / 2 } });

        foreach (var id in new[] { "one", "two", "one" })
        {
            Assert.Equal(id, await AnswerAsync(pool, id));
            var (asked, other) = (pool.Snapshot().Single(s => s.Id == id), pool.Snapshot().Single(s => s.Id != id));
            Assert.Equal((Residency.Resident, 0), (asked.Residency, asked.ActiveRequests));
            Assert.InRange(asked.ResidentBytes, 1, estimate * 3 / 2);
            Assert.Equal((Residency.Cold, 0), (other.Residency, other.ResidentBytes));
        }
    }

    [Fact]
    public async Task Generate_RoomForOneOfThreeAndManyClients_AllGetTheirExperts()
    {
        string[] ids = ["one", "two", "six"];
        var config = Config([.. ids.Select(id => (id, TinyGguf.Saying(id)))]);
        var estimate = config.Experts.Max(e => MemoryEstimate.Of(GgufReader.Read(e.File), e).Total);
        await using var pool = await StartAsync(config with { Memory = new MemoryConfig { Budget = estimate * 3 / 2 } });
        var answers = await Task.WhenAll(Enumerable.Range(0, 45).Select(i => AnswerAsync(pool, ids[i % 3])));

        Assert.Equal(Enumerable.Range(0, 45).Select(i => ids[i % 3]), answers);
        Assert.All(pool.Snapshot(), s => Assert.Equal(0, s.ActiveRequests));
    }

    [Fact]
    public async Task Generate_ManyAtOnceOnFewSequences_AllAnswer()
    {
        await using var pool = await StartAsync(Config(("word", TinyGguf.Saying("word"))));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AnswerAsync(pool, "word")));

        Assert.All(answers, a => Assert.Equal("word", a));
        Assert.Equal(0, pool.Snapshot()[0].ActiveRequests);
    }

    [Fact]
    public async Task Generate_PromptBeyondTheContext_IsPromptTooLong()
    {
        await using var pool = await StartAsync(Config(("word", TinyGguf.Saying("word"))));
        var request = new GenerationRequest { Messages = [new ChatTurn("user", new string('x', 400))] };

        var error = await Assert.ThrowsAsync<ExpertException>(() => AnswerAsync(pool, "word", request));
        Assert.Equal((ExpertFailure.PromptTooLong, "word"), (error.Failure, error.Expert));
        Assert.Equal("word", await AnswerAsync(pool, "word"));
    }

    [Fact]
    public async Task Generate_FileGoneAfterTheStart_IsLoadFailedUntilItIsBack()
    {
        var config = Config(("word", TinyGguf.Saying("word")));
        await using var pool = await StartAsync(config);
        File.Move(config.Experts[0].File, _folder.File("away"));
        var error = await Assert.ThrowsAsync<ExpertException>(() => AnswerAsync(pool, "word"));
        Assert.Equal(
            (ExpertFailure.LoadFailed, "the expert 'word' could not be loaded: the file 'word.gguf' does not exist any more"),
            (error.Failure, error.Message));
        Assert.Equal(Residency.Failed, pool.Snapshot()[0].Residency);

        File.Move(_folder.File("away"), config.Experts[0].File);
        await Task.Delay(Backoff * 2);
        Assert.Equal("word", await AnswerAsync(pool, "word"));
    }

    /// <summary>Unchecked, llama.cpp would abort this process on it.</summary>
    [Fact]
    public async Task Generate_FileSpoiltAfterTheStart_IsLoadFailedUntilItIsMended()
    {
        var config = Config(("word", TinyGguf.Saying("word")));
        var file = config.Experts[0].File;
        var good = File.ReadAllBytes(file);
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        await using var pool = await StartAsync(config);
        File.WriteAllBytes(file, TinyGguf.Saying("word").With("llama.block_count", 600u).ToBytes());

        var error = await Assert.ThrowsAsync<ExpertException>(() => AnswerAsync(pool, "word"));
        Assert.Equal(
            (ExpertFailure.LoadFailed, "the expert 'word' could not be loaded: the file 'word.gguf' has changed and is refused: llama.block_count is 600, allowed are 1 to 512"),
            (error.Failure, error.Message));

        File.WriteAllBytes(file, good);
        await Task.Delay(Backoff * 2);
        Assert.Equal("word", await AnswerAsync(pool, "word"));
    }

    [Fact]
    public async Task Dispose_WhileWriting_EndsItAsUnavailable()
    {
        var pool = await StartAsync(Config(("endless", TinyGguf.Saying("endl", ends: false, context: 4096))));
        await using var chunks = pool.Get("endless").GenerateAsync(Hello).GetAsyncEnumerator();
        Assert.True(await chunks.MoveNextAsync());
        await pool.DisposeAsync();

        var error = await Assert.ThrowsAsync<ExpertException>(async () =>
        {
            while (await chunks.MoveNextAsync())
            {
            }
        });
        Assert.Equal(ExpertFailure.Unavailable, error.Failure);
    }

    /// <summary>The first load is admitted by the estimate alone: it must not be below what the load takes.</summary>
    [Fact]
    public async Task ResidentBytes_FirstLoad_IsNotAboveTheEstimate()
    {
        var config = Config(("small", TinyGguf.Random(context: 512)), ("wide", TinyGguf.Random(context: 2048, embedding: 256, layers: 6)));
        await using var pool = await StartAsync(config);
        foreach (var expert in config.Experts)
        {
            await AnswerAsync(pool, expert.Id, Hello with { MaxTokens = 1 });
            var estimate = MemoryEstimate.Of(GgufReader.Read(expert.File), expert).Total;
            var measured = pool.Snapshot().Single(s => s.Id == expert.Id).ResidentBytes;
            // llama.cpp tells each of its buffers to a hundredth of a mebibyte.
            Assert.InRange(measured, estimate / 2, estimate + (64 << 10));
        }
    }

    OrchestratorConfig Config(params (string Id, TinyGguf Model)[] experts) => new()
    {
        Path = "",
        Scheduler = new SchedulerConfig { LoadBackoff = Backoff },
        Experts =
        [
            .. experts.Select(e => new ExpertConfig
            {
                Id = e.Id, File = e.Model.Save(_folder.Path, $"{e.Id}.gguf"), MaxSequences = 4, Sampling = SamplingOptions.Greedy,
            }),
        ],
    };

    Task<ExpertPool> StartAsync(OrchestratorConfig config) => ExpertPool.StartAsync(
        config, new LlamaModelLoader(_runtime, NullLoggerFactory.Instance), new FakeTrial(), TimeProvider.System, NullLoggerFactory.Instance);

    static async Task<string> AnswerAsync(ExpertPool pool, string id, GenerationRequest? request = null)
    {
        var text = "";
        await foreach (var chunk in pool.Get(id).GenerateAsync(request ?? Hello))
            text += chunk.Text;
        return text;
    }
}
