using Orchestrator.LlamaCpp.Quantization;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests.Quantization;

public sealed class ModelQuantizerTests : IClassFixture<EngineFixture>, IDisposable
{
    readonly EngineFixture _fixture;
    readonly TemporaryFolder _folder = new();
    readonly string _source;
    readonly string _target;

    public ModelQuantizerTests(EngineFixture fixture)
    {
        _fixture = fixture;
        _source = TinyGguf.Saying("Answer: 42").Save(_folder.Path);
        _target = _folder.File("small.gguf");
    }

    [Theory]
    [InlineData("F16", 0.5, 0.6)]
    [InlineData("Q8_0", 0.26, 0.36)]
    [InlineData("q4_0", 0.14, 0.30)]
    public async Task QuantizeAsync_Type_MakesASmallerFileThatAnswersTheSame(string type, double least, double most)
    {
        var made = await QuantizeAsync(type);

        Assert.Equal((_target, new FileInfo(_source).Length, new FileInfo(_target).Length), (made.Path, made.SourceBytes, made.Bytes));
        Assert.InRange(made.Ratio, least, most);
        await using var engine = await _fixture.LoadAsync(_target);
        Assert.Equal("Answer: 42", (await engine.AnswerAsync(Chat.Ask("What?"))).Text);
        OnlyFiles("small.gguf", "tiny.gguf");
    }

    [Fact]
    public async Task QuantizeAsync_EveryType_LoadsAgain()
    {
        // Rows of 256 numbers, which the K types need.
        TinyGguf.Random(embedding: 256, layers: 1).Save(_folder.Path);
        foreach (var type in QuantizationType.All)
        {
            await QuantizeAsync(type.Name, new QuantizationOptions { Overwrite = true, Threads = 1 });
            await using var engine = await _fixture.LoadAsync(_target);
            await engine.AnswerAsync(Chat.Ask("x", maxTokens: 1));
        }
    }

    [Fact]
    public async Task QuantizeAsync_TargetExists_IsRefusedUnlessOverwritten()
    {
        await File.WriteAllTextAsync(_target, "precious");

        var failure = await Assert.ThrowsAsync<QuantizationException>(() => QuantizeAsync("Q8_0"));
        Assert.Contains("--overwrite", failure.Message, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(_target));

        await QuantizeAsync("Q8_0", new QuantizationOptions { Overwrite = true, Threads = 1 });
        Assert.InRange(new FileInfo(_target).Length, 1000, long.MaxValue);
    }

    [Fact]
    public async Task QuantizeAsync_QuantizedSource_IsRefusedUnlessAllowed()
    {
        await QuantizeAsync("Q8_0");
        var again = _folder.File("again.gguf");

        var failure = await Assert.ThrowsAsync<QuantizationException>(
            () => QuantizeAsync("Q4_0", source: _target, target: again));
        Assert.Contains("quantised already", failure.Message, StringComparison.Ordinal);

        await QuantizeAsync("Q4_0", new QuantizationOptions { AllowRequantize = true, Threads = 1 }, _target, again);
        Assert.True(new FileInfo(again).Length < new FileInfo(_target).Length);
    }

    [Fact]
    public async Task QuantizeAsync_SourceUnusable_SaysWhyAndLeavesNothing()
    {
        var damaged = _folder.File("damaged.gguf");
        await File.WriteAllBytesAsync(damaged, TinyGguf.Random().ToBytes()[..^1000]);
        var adapter = TinyGguf.AdapterSaying("x").Save(_folder.Path, "adapter.gguf");
        (string Source, string Reason)[] cases =
        [
            (_folder.File("nowhere.gguf"), "There is no file"),
            (damaged, "llama.cpp cannot quantise"),
            (adapter, "general.type is 'adapter'"),
        ];

        foreach (var (source, reason) in cases)
        {
            var failure = await Assert.ThrowsAsync<QuantizationException>(() => QuantizeAsync("Q8_0", source: source));
            Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
            Assert.Contains(source, failure.Message, StringComparison.Ordinal);
        }
        OnlyFiles("adapter.gguf", "damaged.gguf", "tiny.gguf");
    }

    [Fact]
    public async Task QuantizeAsync_TargetUnusable_SaysWhy()
    {
        (string Target, string Reason)[] cases =
        [
            (_source, "is the source itself"),
            (_folder.Path, "is a folder"),
            (_folder.File("missing/small.gguf"), "There is no folder"),
        ];

        foreach (var (target, reason) in cases)
        {
            var failure = await Assert.ThrowsAsync<QuantizationException>(() => QuantizeAsync("Q8_0", target: target));
            Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task QuantizeAsync_CancelledBefore_DoesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ModelQuantizer.QuantizeAsync(
            _fixture.Runtime, _source, _target, QuantizationType.Parse("Q8_0"), new QuantizationOptions(), new CancellationToken(canceled: true)));

        OnlyFiles("tiny.gguf");
    }

    [Fact]
    public void Parse_UnknownType_ListsTheAllowed()
    {
        var failure = Assert.Throws<QuantizationException>(() => QuantizationType.Parse("Q9_9"));

        Assert.Contains("'Q9_9'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Q8_0, Q6_K", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    Task<QuantizedFile> QuantizeAsync(string type, QuantizationOptions? options = null, string? source = null, string? target = null) =>
        ModelQuantizer.QuantizeAsync(_fixture.Runtime, source ?? _source, target ?? _target, QuantizationType.Parse(type),
            options ?? new QuantizationOptions { Threads = 1 });

    void OnlyFiles(params string[] names) =>
        Assert.Equal(names, Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
}
