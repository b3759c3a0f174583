using Orchestrator.Experts.Gguf;
using Orchestrator.TestKit;

namespace Orchestrator.Experts.Tests.Gguf;

public sealed class GgufRulesTests
{
    [Fact]
    public void Refusal_ValidHeader_IsNull() => Check(TinyGguf.Random(), true, "");

    [Theory]
    [InlineData(0u, false)]
    [InlineData(1u, true)]
    [InlineData(512u, true)]
    [InlineData(513u, false)]
    [InlineData(uint.MaxValue, false)]
    public void Refusal_BlockCount_AllowsOneTo512(uint layers, bool allowed) =>
        Check(TinyGguf.Random().With("llama.block_count", layers), allowed, "block_count");

    [Fact]
    public void Refusal_BlockCountMissing_SaysMissing() =>
        Check(TinyGguf.Random().Without("llama.block_count"), false, "missing");

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
        var file = TinyGguf.Random().With("llama.expert_count", count);
        Check(used is { } u ? file.With("llama.expert_used_count", u) : file, allowed, "expert");
    }

    [Theory]
    [InlineData(0f, true)]
    [InlineData(-1e-6f, false)]
    [InlineData(float.NaN, false)]
    public void Refusal_RmsEpsilon_MustNotBeNegative(float epsilon, bool allowed) =>
        Check(TinyGguf.Random().With("llama.attention.layer_norm_rms_epsilon", epsilon), allowed, "layer_norm_rms_epsilon");

    [Theory]
    [InlineData(true, "a", "b")]
    [InlineData(false, "a", "b", "a")]
    [InlineData(false, "a\0x", "a\0y")]
    [InlineData(false, "a", "a\0y")]
    [InlineData(true, "", "")]
    [InlineData(false, "[EMPTY_1]", "")]
    public void Refusal_Tokens_MustDifferUpToTheFirstNul(bool allowed, params string[] tokens) =>
        Check(TinyGguf.Random().With("tokenizer.ggml.tokens", tokens), allowed, "same token");

    [Fact]
    public void Refusal_NoTokens_SaysEmpty() =>
        Check(TinyGguf.Random().Without("tokenizer.ggml.tokens"), false, "vocabulary is empty");

    [Theory]
    [InlineData("no_vocab")]
    [InlineData(null)]
    public void Refusal_NoTokenizer_SaysSo(string? model) =>
        Check(model is null ? TinyGguf.Random().Without("tokenizer.ggml.model") : TinyGguf.Random().With("tokenizer.ggml.model", model), false, "tokenizer");

    [Fact]
    public void Refusal_SentencePieceWithAllBytes_IsNull() =>
        Check(TinyGguf.Random().With("tokenizer.ggml.model", "llama").With("tokenizer.ggml.tokens", ByteTokens(256)), true, "");

    [Fact]
    public void Refusal_SentencePieceWithoutAByte_NamesIt() =>
        Check(TinyGguf.Random().With("tokenizer.ggml.model", "llama").With("tokenizer.ggml.tokens", ByteTokens(255)), false, "<0xFF>");

    [Theory]
    [InlineData("token_embd.weight", 24u)]
    [InlineData("token_embd.weight", 26u)]
    [InlineData("blk.0.attn_q.weight", 26u)]
    [InlineData("blk.0.attn_q.weight", 28u)]
    [InlineData("blk.0.ffn_down.weight", 27u)]
    public void Refusal_WeightOfIntegerOrDoubleType_NamesTheTensor(string name, uint type) =>
        Check(TinyGguf.Random().WithTensor(name, [32, 32], type), false, name);

    [Theory]
    [InlineData("output_norm.weight")]
    [InlineData("blk.0.attn_norm.weight")]
    [InlineData("blk.0.ffn_norm.weight")]
    public void Refusal_NormNotF32_NamesTheTensor(string name) =>
        Check(TinyGguf.Random().WithTensor(name, [32], 1), false, "a norm must be F32");

    [Fact]
    public void Refusal_DataBeyondTheFile_SaysTruncated() =>
        Assert.Contains("beyond the end of the file", GgufRules.Refusal(TinyGguf.Random().ToBytes()[..^1].Header()), StringComparison.Ordinal);

    [Fact]
    public void Refusal_RowsThatBlocksDoNotFill_SaysWhatIsNeeded() =>
        Check(TinyGguf.Random().WithTensor("output.weight", [33, 4], 8), false, "multiples of 32");

    [Fact]
    public void Refusal_TypeOnlyNewerVersionsKnow_IsLeftToTheTrial() =>
        Check(TinyGguf.Random().WithTensor("output.weight", [33, 4], 77), true, "");

    [Fact]
    public void Refusal_NoTensors_SaysSo()
    {
        var file = TinyGguf.Random();
        file.Tensors.Clear();
        Check(file, false, "no tensors");
    }

    [Fact]
    public void Facts_GoodFile_ReadsThem()
    {
        var bytes = TinyGguf.Random().ToBytes();
        Assert.Equal(new ExpertFacts("llama", 37_280, "F32", 256, 260, bytes.Length) { Width = 32 }, GgufFacts.From(bytes.Header()));
    }

    [Fact]
    public void Facts_FileStatesItsType_TakesThat() =>
        Assert.Equal("Q4_K_M", GgufFacts.From(TinyGguf.Random().With("general.file_type", 15u).ToBytes().Header()).FileType);

    static string[] ByteTokens(int count) => [.. Enumerable.Range(0, count).Select(b => $"<0x{b:X2}>"), "▁a"];

    static void Check(TinyGguf file, bool allowed, string reason)
    {
        var refusal = GgufRules.Refusal(file.ToBytes().Header());
        if (allowed)
            Assert.Null(refusal);
        else
            Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }
}
