using Orchestrator.Experts.Gguf;
using Orchestrator.TestKit.Gguf;

namespace Orchestrator.Experts.Tests.Gguf;

public sealed class GgufRulesTests
{
    [Fact]
    public void Refusal_ValidHeader_IsNull() => Assert.Null(Refusal(GgufBytes.Valid()));

    [Theory]
    [InlineData(0u, false)]
    [InlineData(1u, true)]
    [InlineData(512u, true)]
    [InlineData(513u, false)]
    [InlineData(uint.MaxValue, false)]
    public void Refusal_BlockCount_AllowsOneTo512(uint layers, bool allowed) =>
        Check(GgufBytes.Valid().With("llama.block_count", layers), allowed, "block_count");

    [Fact]
    public void Refusal_BlockCountMissing_SaysMissing() =>
        Check(GgufBytes.Valid().Without("llama.block_count"), false, "missing");

    [Theory]
    [InlineData(8u, 2u, true)]
    [InlineData(8u, 8u, true)]
    [InlineData(8u, null, false)]
    [InlineData(8u, 0u, false)]
    [InlineData(8u, 9u, false)]
    [InlineData(100_000u, 2u, false)]
    [InlineData(0u, 2u, false)]
    public void Refusal_ExpertCount_NeedsFittingUsedCount(uint count, uint? used, bool allowed)
    {
        var file = GgufBytes.Valid().With("llama.expert_count", count);
        Check(used is { } u ? file.With("llama.expert_used_count", u) : file, allowed, "expert");
    }

    [Theory]
    [InlineData(0f, true)]
    [InlineData(-1e-6f, false)]
    [InlineData(float.NaN, false)]
    public void Refusal_RmsEpsilon_MustNotBeNegative(float epsilon, bool allowed) =>
        Check(GgufBytes.Valid().With("llama.attention.layer_norm_rms_epsilon", epsilon), allowed, "layer_norm_rms_epsilon");

    [Theory]
    [InlineData(true, "a", "b")]
    [InlineData(false, "a", "b", "a")]
    [InlineData(false, "a\0x", "a\0y")]
    [InlineData(false, "a", "a\0y")]
    [InlineData(true, "", "")]
    [InlineData(false, "[EMPTY_1]", "")]
    public void Refusal_Tokens_MustDifferUpToTheFirstNul(bool allowed, params string[] tokens) =>
        Check(GgufBytes.Valid().With("tokenizer.ggml.tokens", tokens), allowed, "same token");

    [Fact]
    public void Refusal_NoTokens_SaysEmpty() =>
        Check(GgufBytes.Valid().Without("tokenizer.ggml.tokens"), false, "vocabulary is empty");

    [Theory]
    [InlineData("no_vocab")]
    [InlineData(null)]
    public void Refusal_NoTokenizer_SaysSo(string? model) =>
        Check(model is null ? GgufBytes.Valid().Without("tokenizer.ggml.model") : GgufBytes.Valid().With("tokenizer.ggml.model", model), false, "tokenizer");

    [Fact]
    public void Refusal_SentencePieceWithAllBytes_IsNull() =>
        Check(GgufBytes.Valid().With("tokenizer.ggml.model", "llama").With("tokenizer.ggml.tokens", ByteTokens(256)), true, "");

    [Fact]
    public void Refusal_SentencePieceWithoutAByte_NamesIt() =>
        Check(GgufBytes.Valid().With("tokenizer.ggml.model", "llama").With("tokenizer.ggml.tokens", ByteTokens(255)), false, "<0xFF>");

    [Theory]
    [InlineData("token_embd.weight", 24u)]
    [InlineData("token_embd.weight", 26u)]
    [InlineData("blk.0.attn_q.weight", 26u)]
    [InlineData("blk.0.attn_q.weight", 28u)]
    [InlineData("blk.0.ffn_down.weight", 27u)]
    public void Refusal_WeightOfIntegerOrDoubleType_NamesTheTensor(string name, uint type) =>
        Check(GgufBytes.Valid().Tensor(name, [32, 32], type), false, name);

    [Theory]
    [InlineData("output_norm.weight")]
    [InlineData("blk.0.attn_norm.weight")]
    [InlineData("blk.0.ffn_norm.weight")]
    public void Refusal_NormNotF32_NamesTheTensor(string name) =>
        Check(GgufBytes.Valid().Tensor(name, [32], 1), false, "a norm must be F32");

    [Fact]
    public void Refusal_DataBeyondTheFile_SaysTruncated()
    {
        var file = GgufBytes.Valid();
        file.DataBytes = 100;
        Check(file, false, "beyond the end of the file");
    }

    [Fact]
    public void Refusal_RowsThatBlocksDoNotFill_SaysWhatIsNeeded() =>
        Check(GgufBytes.Valid().Tensor("output.weight", [33, 4], 8), false, "multiples of 32");

    [Fact]
    public void Refusal_TypeOnlyNewerVersionsKnow_IsLeftToTheTrial() =>
        Check(GgufBytes.Valid().Tensor("output.weight", [33, 4], 77), true, "");

    [Fact]
    public void Refusal_NoTensors_SaysSo() => Check(GgufBytes.Valid().WithoutTensors(), false, "no tensors");

    [Fact]
    public void Facts_ValidHeader_ReadsThem()
    {
        var bytes = GgufBytes.Valid().Build();
        var facts = GgufFacts.From(GgufReader.Read(new MemoryStream(bytes), bytes.Length));

        Assert.Equal(new ExpertFacts("llama", 9_440, "F16", 512, 4, bytes.Length), facts);
    }

    static string[] ByteTokens(int count) => [.. Enumerable.Range(0, count).Select(b => $"<0x{b:X2}>"), "▁a"];

    static string? Refusal(GgufBytes file)
    {
        var bytes = file.Build();
        return GgufRules.Refusal(GgufReader.Read(new MemoryStream(bytes), bytes.Length));
    }

    static void Check(GgufBytes file, bool allowed, string reason)
    {
        var refusal = Refusal(file);
        if (allowed)
            Assert.Null(refusal);
        else
            Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }
}
