using System.Numerics.Tensors;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Embedding;
using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Local;
using Orchestrator.Experts.Memory;
using Orchestrator.Experts.Tests.Trial;
using Orchestrator.Experts.Trial;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Experts.Tests.Catalog;

/// <summary>Experts that embed, under the same scheduler and budget as those that answer.</summary>
public sealed class EmbeddingExpertTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public EmbeddingExpertTests()
    {
        TinyBert.Random().Save(_folder.Path, "base.gguf");
        TinyBert.Adapter(1).Save(_folder.Path, "medicine.gguf");
        TinyGguf.Saying("fine").Save(_folder.Path, "answers.gguf");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EmbedAsync_RealEncoder_TriedLoadedAndEvictedLikeOthers()
    {
        using var runtime = LlamaRuntime.Start(new LlamaRuntimeOptions { MaxThreads = 1 }, NullLoggerFactory.Instance);
        var trial = new ChildProcessTrial(TrialProgram.Options("check"), TimeProvider.System, NullLogger<ChildProcessTrial>.Instance);
        var experts = Experts();
        await using var pool = await StartAsync(new LlamaModelLoader(runtime, NullLoggerFactory.Instance), trial, experts);
        var before = pool.Snapshot();
        Assert.All(before, expert => Assert.Null(expert.Reason));
        Assert.Equal((32, 32, null), (before[0].Dimensions, before[1].Dimensions, before[3].Dimensions));

        var plain = await pool.GetEmbedder("base").EmbedAsync(Query("fever"));
        var adapted = await pool.GetEmbedder("medicine").EmbedAsync(Query("fever"));

        Assert.True(TensorPrimitives.Distance<float>(plain.Vectors[0], adapted.Vectors[0]) > 0.01);
        Assert.Equal(9, plain.Tokens);
        var after = pool.Snapshot();
        Assert.Equal((Residency.Resident, 9L), (after[0].Residency, after[0].PromptTokens));
        // Its trial measured what the load then took.
        Assert.InRange(after[0].ResidentBytes, before[0].ExpectedBytes * 0.9, before[0].ExpectedBytes * 1.1);
        Assert.True(pool.Measure().Held.Of(MemoryAccount.Cpu) < after[0].ResidentBytes + after[1].ResidentBytes);
    }

    [Fact]
    public async Task Snapshot_Spaces_AreShared()
    {
        await using var pool = await StartAsync(new FakeModelLoader(), new FakeTrial(), Experts());
        var (plain, medicine) = (pool.GetEmbedder("base"), pool.GetEmbedder("medicine"));

        Assert.StartsWith("base@", plain.Space, StringComparison.Ordinal);
        Assert.Equal(plain.Space, medicine.Space);
        Assert.Equal((false, true), (plain.QueriesOnly, medicine.QueriesOnly));
        var snapshot = pool.Snapshot();
        Assert.Equal((plain.Space, "base", ExpertPurpose.Embed), (snapshot[1].Space, snapshot[1].QueriesFor, snapshot[1].Purpose));
        Assert.Equal((Residency.Remote, true, false), (snapshot[2].Residency, snapshot[2].IsUsable, snapshot[2].IsRecruitable));
        Assert.Null(snapshot[3].Space);
        await pool.LoadAsync("far");
        pool.Unload("far");
    }

    [Fact]
    public async Task EmbedAsync_Prefixes_GoByTheSide()
    {
        var loader = new FakeModelLoader();
        await using var pool = await StartAsync(loader, new FakeTrial(), Experts());

        await pool.GetEmbedder("base").EmbedAsync(Query("a"));
        await pool.GetEmbedder("base").EmbedAsync(new EmbeddingCall(["b", "c"], EmbeddedSide.Document));
        await pool.GetEmbedder("medicine").EmbedAsync(Query("d"));

        Assert.Equal(["embed base: q: a", "embed base: d: b|d: c", "embed medicine: m: d"], loader.Events.Where(e => e.StartsWith("embed", StringComparison.Ordinal)));
        var refused = await Assert.ThrowsAsync<ExpertException>(
            () => pool.GetEmbedder("medicine").EmbedAsync(new EmbeddingCall(["b"], EmbeddedSide.Document)));
        Assert.Equal(ExpertFailure.InvalidRequest, refused.Failure);
        Assert.Contains("embeds queries alone; documents of its space are embedded by 'base'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_WrongPurpose_SaysWhoElse()
    {
        await using var pool = await StartAsync(new FakeModelLoader(), new FakeTrial(), Experts());

        var answering = Assert.Throws<ExpertException>(() => pool.GetEmbedder("answers"));
        Assert.Equal(ExpertFailure.InvalidRequest, answering.Failure);
        Assert.Contains("those that embed are base, far, medicine", answering.Message, StringComparison.Ordinal);
        Assert.Equal(ExpertFailure.Unknown, Assert.Throws<ExpertException>(() => pool.GetEmbedder("nobody")).Failure);
        var embedding = await Assert.ThrowsAsync<ExpertException>(async () =>
        {
            await foreach (var _ in pool.Get("base").GenerateAsync(new GenerationRequest { Messages = [new("user", "hello")] }))
            {
            }
        });
        Assert.Equal(ExpertFailure.InvalidRequest, embedding.Failure);
        Assert.Contains("/v1/embeddings", embedding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmbedAsync_Failures_HaveTheirKind()
    {
        var loader = new FakeModelLoader { Embedding = (_, text) => text == "q: bad" ? throw new GenerationException(GenerationFailure.DecodeFailed, "broken") : [1] };
        await using var pool = await StartAsync(loader, new FakeTrial(), Experts());
        var expert = pool.GetEmbedder("base");

        var tooLong = await Assert.ThrowsAsync<ExpertException>(() => expert.EmbedAsync(Query(string.Join(' ', Enumerable.Repeat("w", 30)))));
        var broken = await Assert.ThrowsAsync<ExpertException>(() => expert.EmbedAsync(Query("bad")));

        Assert.Equal((ExpertFailure.PromptTooLong, ExpertFailure.Failed), (tooLong.Failure, broken.Failure));
        Assert.Single((await expert.EmbedAsync(Query(string.Join(' ', Enumerable.Repeat("w", 30))) with { CutLongTexts = true })).Vectors);
    }

    [Fact]
    public async Task EmbedAsync_MissingFile_IsQuarantined()
    {
        File.Delete(_folder.File("medicine.gguf"));
        await using var pool = await StartAsync(new FakeModelLoader(), new FakeTrial(), Experts());

        var error = await Assert.ThrowsAsync<ExpertException>(() => pool.GetEmbedder("medicine").EmbedAsync(Query("a")));

        Assert.Equal(ExpertFailure.Quarantined, error.Failure);
        Assert.StartsWith("base@", pool.GetEmbedder("medicine").Space, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReconfigureAsync_OtherDocumentPrefix_IsAnotherSpaceForBoth()
    {
        var experts = Experts();
        await using var pool = await StartAsync(new FakeModelLoader(), new FakeTrial(), experts);
        var before = pool.GetEmbedder("medicine").Space;
        experts[0] = experts[0] with { DocumentPrefix = "passage: " };

        await pool.ReconfigureAsync(Config(experts));

        Assert.NotEqual(before, pool.GetEmbedder("medicine").Space);
        Assert.Equal(pool.GetEmbedder("base").Space, pool.GetEmbedder("medicine").Space);
        Assert.Equal(pool.GetEmbedder("base").Space, pool.Snapshot()[1].Space);
    }

    static EmbeddingCall Query(string text) => new([text], EmbeddedSide.Query);

    ExpertConfig[] Experts() =>
    [
        new() { Id = "base", Purpose = ExpertPurpose.Embed, File = _folder.File("base.gguf"), QueryPrefix = "q: ", DocumentPrefix = "d: " },
        new()
        {
            Id = "medicine", Purpose = ExpertPurpose.Embed, File = _folder.File("base.gguf"), Adapter = _folder.File("medicine.gguf"),
            QueriesFor = "base", QueryPrefix = "m: ",
        },
        new() { Id = "far", Purpose = ExpertPurpose.Embed, Remote = new RemoteConfig { Url = "http://127.0.0.1:9/v1", Model = "m" } },
        new() { Id = "answers", File = _folder.File("answers.gguf") },
    ];

    static OrchestratorConfig Config(ExpertConfig[] experts) =>
        new() { Path = "", Experts = experts, Memory = new MemoryConfig { Budget = 256 << 20 } };

    static Task<ExpertPool> StartAsync(IModelLoader loader, IModelTrial trial, ExpertConfig[] experts) =>
        ExpertPool.StartAsync(Config(experts), loader, trial, TimeProvider.System, NullLoggerFactory.Instance);
}
