using System.Numerics.Tensors;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.LlamaCpp.Embedding;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests;

/// <summary>Encoders of the bert kind, which have no memory and read in both directions, and adapters over one of them.</summary>
public sealed class EncoderTests : IClassFixture<EngineFixture>, IDisposable
{
    static readonly EmbeddingEngineOptions Options = new() { MaxSequences = 4 };

    readonly EngineFixture _fixture;
    readonly TemporaryFolder _folder = new();
    readonly string _base;
    readonly string _left;
    readonly string _right;

    public EncoderTests(EngineFixture fixture)
    {
        _fixture = fixture;
        _base = TinyBert.Random().Save(_folder.Path);
        _left = TinyBert.Adapter(1).Save(_folder.Path, "left.gguf");
        _right = TinyBert.Adapter(2).Save(_folder.Path, "right.gguf");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EmbedAsync_Batch_IsEachTextAloneWithItsTokens()
    {
        await using EmbeddingEngine engine = await LoadAsync();
        string[] texts = ["abc", "what is this?", "a b c", new string('x', 62), "z"];

        TextEmbeddings together = await engine.EmbedAsync(texts);

        // CLS and SEP stand around the letters.
        Assert.Equal([5, 13, 5, 64, 3], together.Tokens);
        Assert.Equal((EmbeddingPooling.Mean, TinyBert.Width), (engine.Pooling, engine.Dimensions));
        for (int i = 0; i < texts.Length; i++)
        {
            float[] alone = (await engine.EmbedAsync([texts[i]])).Vectors[0];
            Assert.Equal(1, TensorPrimitives.Norm<float>(together.Vectors[i]), 4);
            Assert.True(TensorPrimitives.Distance<float>(alone, together.Vectors[i]) < 1e-3, texts[i]);
        }
        Assert.True(TensorPrimitives.Dot<float>(together.Vectors[0], together.Vectors[1]) < 0.999);
    }

    [Fact]
    public async Task EmbedAsync_FirstTokenPooled_HasReadTheWholeText()
    {
        await using EmbeddingEngine engine = await LoadAsync(Options with { Pooling = EmbeddingPooling.Cls });

        Assert.True(await DistanceAsync(engine, "ab", engine, "ac") > 0.01);
    }

    [Fact]
    public async Task EmbedAsync_CutText_StillEndsWithSep()
    {
        await using EmbeddingEngine engine = await LoadAsync();

        TextEmbeddings cut = await engine.EmbedAsync([new string('x', 500)], cutLongTexts: true);
        float[] fitting = (await engine.EmbedAsync([new string('x', 62)])).Vectors[0];

        Assert.Equal([64], cut.Tokens);
        Assert.True(TensorPrimitives.Distance<float>(fitting, cut.Vectors[0]) < 1e-4);
        var refused = await Assert.ThrowsAsync<GenerationException>(() => engine.EmbedAsync(["fits", new string('x', 63)]));
        Assert.Contains("at most 64 tokens. However, text 1 has 65.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadAsync_Adapters_MoveTheVectorsAndShareTheWeights()
    {
        await using EmbeddingEngine plain = await LoadAsync();
        await using EmbeddingEngine left = await LoadAsync(Options with { Adapter = _left });
        await using EmbeddingEngine right = await LoadAsync(Options with { Adapter = _right });
        await using EmbeddingEngine off = await LoadAsync(Options with { Adapter = _left, AdapterScale = 0 });

        Assert.Same(plain.Model, left.Model);
        Assert.Same(plain.Model, right.Model);
        Assert.True(await DistanceAsync(plain, "abc", off, "abc") < 1e-4);
        Assert.True(await DistanceAsync(plain, "abc", left, "abc") > 0.01);
        Assert.True(await DistanceAsync(left, "abc", right, "abc") > 0.01);
        // Asked again in turn, each still answers with its own.
        Assert.True(await DistanceAsync(left, "abc", left, "abc") < 1e-5);
        Assert.True(left.ResidentBytes >= left.WeightBytes + new FileInfo(_left).Length);
    }

    [Fact]
    public async Task EmbedAsync_AdapterAtFullScale_IsWhatMergedWeightsGive()
    {
        TinyGguf merged = TinyBert.Random();
        Merge(merged, TinyBert.Adapter(1));
        await using EmbeddingEngine expected = await EmbeddingEngine.LoadAsync(_fixture.Runtime, merged.Save(_folder.Path, "merged.gguf"), Options);
        await using EmbeddingEngine adapted = await LoadAsync(Options with { Adapter = _left });

        Assert.True(await DistanceAsync(expected, "what is this", adapted, "what is this") < 1e-3);
    }

    [Fact]
    public async Task DisposeAsync_OneOfThree_LeavesTheOthers()
    {
        EmbeddingEngine[] engines = [await LoadAsync(), await LoadAsync(Options with { Adapter = _left }), await LoadAsync(Options with { Adapter = _right })];
        await engines[1].DisposeAsync();

        Assert.True(await DistanceAsync(engines[0], "abc", engines[2], "abc") > 0.01);
        await engines[0].DisposeAsync();
        Assert.Equal(1, TensorPrimitives.Norm<float>((await engines[2].EmbedAsync(["abc"])).Vectors[0]), 4);
        await engines[2].DisposeAsync();
        Assert.Equal(0, _fixture.Runtime.Weights.Users(_base));
    }

    [Fact]
    public async Task EmbedAsync_Abandoned_FailsAtOnceAndGivesTheThreadsBack()
    {
        EmbeddingEngine engine = await LoadAsync();
        Task<TextEmbeddings> waiting;
        using (_fixture.PauseLoops())
        {
            waiting = engine.EmbedAsync(["abc"]);
            engine.Abandon("it stood still");
            var error = await Assert.ThrowsAsync<GenerationException>(() => waiting);
            Assert.Equal(GenerationFailure.Stalled, error.Failure);
            Assert.Contains("it stood still", error.Message, StringComparison.Ordinal);
        }

        await engine.DisposeAsync();
        Assert.False(engine.IsStepping);
        // Classes beside this one lease the same threads, so what is in use now says nothing: all of them must be had again.
        await Task.Run(() => _fixture.Runtime.Threads.Acquire(_fixture.Runtime.Threads.Limit).Dispose()).WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Run_GoodFiles_PassTheirTrial()
    {
        ModelTrial.Run(_fixture.Runtime, _base, Options);
        ModelTrial.Run(_fixture.Runtime, _base, Options with { Adapter = _left });
    }

    [Theory]
    [InlineData("token_embd.weight", "not numbers")]
    [InlineData("blk.1.ffn_down.bias", "not numbers")]
    public void Run_WeightsThatAreNoNumbers_AreRefused(string tensor, string reason)
    {
        TinyGguf gguf = TinyBert.Random();
        gguf.Tensor(tensor).Values.AsSpan().Fill(float.NaN);

        var failure = Assert.Throws<ModelLoadException>(() => ModelTrial.Run(_fixture.Runtime, gguf.Save(_folder.Path, "bad.gguf"), Options));

        Assert.True(failure.Message.Contains(reason, StringComparison.Ordinal) || failure.Message.Contains("invalid data", StringComparison.Ordinal), failure.Message);
    }

    [Fact]
    public async Task Measure_Encoder_IsWhatALoadTakes()
    {
        ModelPlan plan = ModelPlan.Measure(_fixture.Runtime, _base, Options with { Adapter = _left }, NullLoggerFactory.Instance);
        await using EmbeddingEngine engine = await LoadAsync(Options with { Adapter = _left });

        Assert.Equal(engine.WeightBytes, plan.WeightBytes);
        Assert.InRange(plan.TotalBytes, engine.ResidentBytes * 0.8, engine.ResidentBytes * 1.2);
    }

    Task<EmbeddingEngine> LoadAsync(EmbeddingEngineOptions? options = null) =>
        EmbeddingEngine.LoadAsync(_fixture.Runtime, _base, options ?? Options);

    /// <summary>W + BA for each pair; alpha is the rank, so its scale is 1.</summary>
    static void Merge(TinyGguf model, TinyGguf adapter)
    {
        foreach (TinyTensor down in adapter.Tensors.Where(tensor => tensor.Name.EndsWith(".lora_a", StringComparison.Ordinal)))
        {
            string name = down.Name[..^".lora_a".Length];
            TinyTensor up = adapter.Tensor($"{name}.lora_b"), weight = model.Tensor(name);
            bool lookedUp = name == "token_embd.weight";
            int inputs = weight.Shape[0], rank = up.Shape[0];
            for (int i = 0; i < weight.Values.Length; i++)
            {
                (int output, int input) = (i / inputs, i % inputs);
                for (int r = 0; r < rank; r++)
                {
                    weight.Values[i] += lookedUp
                        ? down.Values[(output * rank) + r] * up.Values[(input * rank) + r]
                        : up.Values[(output * rank) + r] * down.Values[(r * inputs) + input];
                }
            }
        }
    }

    static async Task<float> DistanceAsync(EmbeddingEngine left, string text, EmbeddingEngine right, string other)
    {
        float[] one = (await left.EmbedAsync([text])).Vectors[0], two = (await right.EmbedAsync([other])).Vectors[0];
        return TensorPrimitives.Distance<float>(one, two);
    }
}
