using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests;

/// <summary>Files that llama.cpp refuses without ending the process; those that end it are tried in a child by their user.</summary>
public sealed class ModelLoadTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    public static TheoryData<string> Damages => [.. DamagedBytes.Keys];

    static readonly Dictionary<string, Func<byte[]>> DamagedBytes = new(StringComparer.Ordinal)
    {
        ["empty"] = () => [],
        ["text"] = () => "this is not a model"u8.ToArray(),
        ["wrong magic"] = () => With(TinyGguf.Random().ToBytes(), 0, (byte)'X'),
        ["wrong version"] = () => With(TinyGguf.Random().ToBytes(), 4, 99),
        ["huge tensor count"] = () => With(TinyGguf.Random().ToBytes(), 14, 0x7F),
        ["cut in the header"] = () => TinyGguf.Random().ToBytes()[..200],
        ["cut in the weights"] = () => TinyGguf.Random().ToBytes()[..^1000],
        ["no architecture"] = () => Without("general.architecture"),
        ["unknown architecture"] = () => With("general.architecture", "nonesuch"),
        ["no context length"] = () => Without("llama.context_length"),
        ["no layers' count"] = () => Without("llama.block_count"),
        ["no tokens"] = () => Without("tokenizer.ggml.tokens"),
        ["no vocabulary"] = () => With("tokenizer.ggml.model", "no_vocab", ("llama.vocab_size", 260u)),
        ["context length 0"] = () => With("llama.context_length", 0u),
        ["wrong embedding length"] = () => With("llama.embedding_length", 48u),
        ["unknown tensor type"] = () => Change("token_embd.weight", tensor => tensor with { Type = 250 }),
        ["wrong shape"] = () => Change("blk.0.attn_q.weight", tensor => tensor with { Shape = [16, 64] }),
        ["tensor twice"] = () => Change("blk.0.attn_q.weight", tensor => tensor with { Name = "blk.0.attn_k.weight" }),
        ["tensor missing"] = () => Change("output_norm.weight", _ => null),
        ["tensor too many"] = () => Change("output.weight", tensor => tensor, new TinyTensor("extra.weight", [4], [1, 2, 3, 4])),
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task LoadAsync_DamagedFile_IsRefusedWithItsPath(string damage)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("damaged.gguf");
        await File.WriteAllBytesAsync(path, DamagedBytes[damage]());

        var failure = await Assert.ThrowsAsync<ModelLoadException>(() => fixture.LoadAsync(path));

        Assert.Equal(path, failure.Path);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("no reason", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadAsync_NoFile_SaysSo()
    {
        var failure = await Assert.ThrowsAsync<ModelLoadException>(() => fixture.LoadAsync("/nowhere/model.gguf"));

        Assert.Equal("There is no file '/nowhere/model.gguf'.", failure.Message);
    }

    [Fact]
    public async Task LoadAsync_Folder_IsRefused()
    {
        using var folder = new TemporaryFolder();

        await Assert.ThrowsAsync<ModelLoadException>(() => fixture.LoadAsync(folder.Path));
    }

    [Theory]
    [InlineData(null, "has no chat template")]
    [InlineData("{{ a template nobody knows }}", "does not know the chat template")]
    public async Task LoadAsync_TemplateUnusable_NamesTheOverride(string? template, string expected)
    {
        var gguf = TinyGguf.Saying("abc");
        gguf.Metadata.Remove("tokenizer.chat_template");
        if (template is not null)
            gguf.Metadata["tokenizer.chat_template"] = template;

        var failure = await Assert.ThrowsAsync<ModelLoadException>(() => fixture.LoadAsync(gguf));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains("set ChatTemplate (chat_template in the configuration) to one of", failure.Message, StringComparison.Ordinal);
        await using var engine = await fixture.LoadAsync(gguf, EngineFixture.Greedy with { ChatTemplate = "phi3" });
        Assert.Equal("abc", (await engine.AnswerAsync(Chat.Ask("x"))).Text);
    }

    [Fact]
    public async Task LoadAsync_OverrideUnknown_ListsTheKnownOnes()
    {
        var failure = await Assert.ThrowsAsync<ModelLoadException>(
            () => fixture.LoadAsync(TinyGguf.Saying("abc"), EngineFixture.Greedy with { ChatTemplate = "phi33" }));

        Assert.Contains("'phi33' is no chat template", failure.Message, StringComparison.Ordinal);
        Assert.Contains("chatml", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadAsync_OptionOutOfRange_IsNamed()
    {
        var failure = await Assert.ThrowsAsync<System.ComponentModel.DataAnnotations.ValidationException>(
            () => fixture.LoadAsync(TinyGguf.Saying("abc"), EngineFixture.Greedy with { MaxSequences = 257 }));

        Assert.Contains("MaxSequences must be between 1 and 256", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SoundModel_Passes()
    {
        using var folder = new TemporaryFolder();

        ModelTrial.Run(fixture.Runtime, TinyGguf.Random().Save(folder.Path), EngineFixture.Greedy, NullLoggerFactory.Instance);
    }

    [Fact]
    public void Run_WeightsNotNumbers_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var gguf = TinyGguf.Random();
        gguf.Tensor("output.weight").Values[0] = float.NaN;

        Assert.Throws<ModelLoadException>(
            () => ModelTrial.Run(fixture.Runtime, gguf.Save(folder.Path), EngineFixture.Greedy, NullLoggerFactory.Instance));
    }

    [Fact]
    public void Run_LogitsNotNumbers_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var gguf = TinyGguf.Random();
        // Every weight is a number, but the product is not.
        gguf.Tensor("output.weight").Values.AsSpan().Fill(float.MaxValue);
        gguf.Tensor("output_norm.weight").Values.AsSpan().Fill(float.MaxValue);

        var failure = Assert.Throws<ModelLoadException>(
            () => ModelTrial.Run(fixture.Runtime, gguf.Save(folder.Path), EngineFixture.Greedy, NullLoggerFactory.Instance));

        Assert.Contains("logits are not numbers", failure.Message, StringComparison.Ordinal);
    }

    static byte[] With(byte[] bytes, int index, byte value)
    {
        bytes[index] = value;
        return bytes;
    }

    static byte[] With(string key, object value, params (string Key, object Value)[] more)
    {
        var gguf = TinyGguf.Random();
        gguf.Metadata[key] = value;
        foreach (var (otherKey, other) in more)
            gguf.Metadata[otherKey] = other;
        return gguf.ToBytes();
    }

    static byte[] Without(string key)
    {
        var gguf = TinyGguf.Random();
        Assert.True(gguf.Metadata.Remove(key));
        return gguf.ToBytes();
    }

    static byte[] Change(string name, Func<TinyTensor, TinyTensor?> change, TinyTensor? more = null)
    {
        var gguf = TinyGguf.Random();
        var index = gguf.Tensors.IndexOf(gguf.Tensor(name));
        var changed = change(gguf.Tensors[index]);
        gguf.Tensors.RemoveAt(index);
        if (changed is not null)
            gguf.Tensors.Insert(index, changed);
        if (more is not null)
            gguf.Tensors.Add(more);
        return gguf.ToBytes();
    }
}
