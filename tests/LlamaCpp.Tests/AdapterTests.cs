using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests;

/// <summary>LoRA adapters on shared weights: a model that says one text, and adapters that make it say others.</summary>
public sealed class AdapterTests : IClassFixture<EngineFixture>, IDisposable
{
    const string Own = "Answer: 42";

    readonly EngineFixture _fixture;
    readonly TemporaryFolder _folder = new();
    readonly string _base;
    readonly string _left;
    readonly string _right;

    public AdapterTests(EngineFixture fixture)
    {
        _fixture = fixture;
        _base = TinyGguf.Saying(Own).Save(_folder.Path);
        _left = TinyGguf.AdapterSaying("left").Save(_folder.Path, "left.gguf");
        _right = TinyGguf.AdapterSaying("right").Save(_folder.Path, "right.gguf");
    }

    [Theory]
    [InlineData(0f, Own)]
    [InlineData(0.1f, Own)]
    [InlineData(1f, "left")]
    [InlineData(10f, "left")]
    public async Task GenerateAsync_AdapterScale_DecidesHowMuchItChanges(float scale, string expected)
    {
        await using var engine = await LoadAsync(_left, scale);

        Assert.Equal(expected, await AskAsync(engine));
    }

    [Fact]
    public async Task LoadAsync_Adapter_CountsItsBytes()
    {
        await using var plain = await LoadAsync(null);
        await using var engine = await LoadAsync(_left);

        Assert.Equal((0, new FileInfo(_left).Length), (plain.AdapterBytes, engine.AdapterBytes));
        Assert.Equal(engine.WeightBytes + engine.ContextBytes + engine.AdapterBytes, engine.ResidentBytes);
        Assert.InRange(engine.ContextBytes, plain.ContextBytes, plain.ContextBytes * 3 / 2);
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2 })]
    [InlineData(new[] { 2, 1, 0 })]
    [InlineData(new[] { 1, 2, 0 })]
    public async Task DisposeAsync_EnginesWithDifferentAdapters_ShareWeightsAndGoInAnyOrder(int[] order)
    {
        BatchEngine[] engines = [await LoadAsync(null), await LoadAsync(_left), await LoadAsync(_right)];
        string[] expected = [Own, "left", "right"];
        Assert.All(engines, engine => Assert.Same(engines[0].Model, engine.Model));
        Assert.Equal(expected, await Task.WhenAll(engines.Select(AskAsync)));

        for (var gone = 0; gone < order.Length; gone++)
        {
            await engines[order[gone]].DisposeAsync();
            foreach (var left in order[(gone + 1)..])
                Assert.Equal(expected[left], await AskAsync(engines[left]));
        }

        Assert.Equal(0, _fixture.Runtime.Weights.Users(_base));
    }

    [Fact]
    public async Task LoadAsync_AdaptersComeAndGoWhileOthersAnswer_DisturbsNoAnswer()
    {
        await using var plain = await LoadAsync(null);
        await using var left = await LoadAsync(_left);
        using var ended = new CancellationTokenSource();
        var asking = Task.WhenAll(new[] { (plain, Own), (left, "left") }.Select(pair => Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
                Assert.Equal(pair.Item2, await AskAsync(pair.Item1));
        })));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(index => Task.Run(async () =>
        {
            for (var round = 0; round < 5; round++)
            {
                await using var engine = await LoadAsync(index % 2 == 0 ? _left : _right);
                Assert.Equal(index % 2 == 0 ? "left" : "right", await AskAsync(engine));
            }
        })));
        await ended.CancelAsync();
        await asking;
    }

    public static TheoryData<string> Faults => [.. FaultyAdapters.Keys];

    static readonly Dictionary<string, (Action<TinyGguf> Break, string Reason)> FaultyAdapters = new(StringComparer.Ordinal)
    {
        ["no type"] = (gguf => gguf.Metadata.Remove("general.type"), "general.type is missing"),
        ["type is a number"] = (gguf => gguf.Metadata["general.type"] = 7u, "general.type is missing"),
        ["type is an array"] = (gguf => gguf.Metadata["general.type"] = new[] { "adapter", "x" }, "general.type is missing"),
        ["a model"] = (gguf => gguf.Metadata["general.type"] = "model", "general.type is 'model'"),
        ["not lora"] = (gguf => gguf.Metadata["adapter.type"] = "ia3", "adapter.type is 'ia3'"),
        ["kind is a number"] = (gguf => gguf.Metadata["adapter.type"] = 1f, "adapter.type is missing"),
        ["other architecture"] = (gguf => gguf.Metadata["general.architecture"] = "qwen2", "architecture is 'qwen2', the model's is 'llama'"),
        ["architecture is a number"] = (gguf => gguf.Metadata["general.architecture"] = 1u, "architecture is missing"),
        ["alpha is a text"] = (gguf => gguf.Metadata["adapter.lora.alpha"] = "16", "alpha is not a 32-bit float"),
        ["alpha is an integer"] = (gguf => gguf.Metadata["adapter.lora.alpha"] = 16u, "alpha is not a 32-bit float"),
        ["activated by tokens"] = (gguf => gguf.Metadata["adapter.alora.invocation_tokens"] = new[] { 1 }, "aLoRA"),
        ["no tensors"] = (gguf => gguf.Tensors.Clear(), "no LoRA tensors"),
        ["half a pair"] = (gguf => gguf.Tensors.RemoveAt(1), "has no 'output.weight.lora_b' beside it"),
        ["unexpected tensor"] = (gguf => gguf.Tensors.Add(new TinyTensor("extra", [1], [1])), "unexpected suffix"),
        ["tensor the model lacks"] = (gguf => Rename(gguf, "blk.7.attn_q.weight"), "does not exist in base model"),
        ["other shape"] = (gguf => Reshape(gguf, 64, 10), "incorrect shape"),
        ["ranks differ"] = (gguf => Reshape(gguf, 128, 4), "not transposed"),
        ["two planes"] = (gguf => Replace(gguf, 0, tensor => tensor with { Shape = [128, 5, 2], Values = new float[1280] }), "other dimensions"),
        ["integers"] = (gguf => Replace(gguf, 0, tensor => tensor with { Type = 26 }), "of ggml type 26, allowed are F32, F16, BF16, Q8_0"),
        ["embedding ranks differ"] = (gguf => Embedding(gguf, 4, 5), "have different ranks"),
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task LoadAsync_FaultyAdapter_IsRefusedWithItsPathAndReason(string fault)
    {
        var gguf = TinyGguf.AdapterSaying("left");
        FaultyAdapters[fault].Break(gguf);
        var path = gguf.Save(_folder.Path, "faulty.gguf");

        var failure = await Assert.ThrowsAsync<ModelLoadException>(() => LoadAsync(path));

        Assert.Equal(path, failure.Path);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(FaultyAdapters[fault].Reason, failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, _fixture.Runtime.Weights.Users(_base));
    }

    [Fact]
    public async Task LoadAsync_EmbeddingAdapterOnTiedWeights_IsRefused()
    {
        var tied = TinyGguf.Saying(Own);
        tied.Tensors.Remove(tied.Tensor("output.weight"));
        var adapter = TinyGguf.AdapterSaying("left");
        Embedding(adapter, 4, 4);

        var failure = await Assert.ThrowsAsync<ModelLoadException>(() => _fixture.LoadAsync(
            tied.Save(_folder.Path, "tied.gguf"), EngineFixture.Greedy with { Adapter = adapter.Save(_folder.Path, "embedding.gguf") }));

        Assert.Contains("also uses as its output", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no file", null)]
    [InlineData("too few for a GGUF", 10)]
    [InlineData("cannot be read as a GGUF", 100)]
    [InlineData("not within the file bounds", 3_000)]
    public async Task LoadAsync_AdapterCutShort_IsRefused(string reason, int? bytes)
    {
        var path = _folder.File("cut.gguf");
        if (bytes is { } length)
            await File.WriteAllBytesAsync(path, TinyGguf.AdapterSaying("left").ToBytes()[..length]);

        var failure = await Assert.ThrowsAsync<ModelLoadException>(() => LoadAsync(path));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(10.1f)]
    [InlineData(float.NaN)]
    public async Task LoadAsync_ScaleOutOfRange_IsNamed(float scale)
    {
        var failure = await Assert.ThrowsAsync<System.ComponentModel.DataAnnotations.ValidationException>(() => LoadAsync(_left, scale));

        Assert.Contains("AdapterScale must be between 0 and 10", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AdapterNotNumbers_IsRefused()
    {
        var gguf = TinyGguf.AdapterSaying("left");
        gguf.Tensors[1].Values.AsSpan().Fill(float.NaN);
        var options = EngineFixture.Greedy with { Adapter = gguf.Save(_folder.Path, "faulty.gguf") };

        ModelTrial.Run(_fixture.Runtime, _base, options with { Adapter = _left }, NullLoggerFactory.Instance);
        var failure = Assert.Throws<ModelLoadException>(() => ModelTrial.Run(_fixture.Runtime, _base, options, NullLoggerFactory.Instance));

        Assert.Contains("logits are not numbers", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    Task<BatchEngine> LoadAsync(string? adapter, float scale = 1) =>
        _fixture.LoadAsync(_base, EngineFixture.Greedy with { Adapter = adapter, AdapterScale = scale });

    static async Task<string> AskAsync(BatchEngine engine) => (await engine.AnswerAsync(Chat.Ask("What?"))).Text;

    static void Replace(TinyGguf gguf, int index, Func<TinyTensor, TinyTensor> change) => gguf.Tensors[index] = change(gguf.Tensors[index]);

    static void Reshape(TinyGguf gguf, int inputs, int rank) =>
        Replace(gguf, 0, tensor => tensor with { Shape = [inputs, rank], Values = new float[inputs * rank] });

    static void Rename(TinyGguf gguf, string name)
    {
        Replace(gguf, 0, tensor => tensor with { Name = $"{name}.lora_a" });
        Replace(gguf, 1, tensor => tensor with { Name = $"{name}.lora_b" });
    }

    /// <summary>The embedding's pair lies the other way round.</summary>
    static void Embedding(TinyGguf gguf, int downRank, int upRank)
    {
        Rename(gguf, "token_embd.weight");
        Replace(gguf, 0, tensor => tensor with { Shape = [downRank, 260], Values = new float[downRank * 260] });
        Replace(gguf, 1, tensor => tensor with { Shape = [upRank, 128], Values = new float[upRank * 128] });
    }
}
