using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Tests.Gguf;
using Orchestrator.Experts.Trial;
using Orchestrator.TestKit;

namespace Orchestrator.Experts.Tests.Trial;

/// <summary>Files that really end a process, in a real child with the real engine.</summary>
public sealed class RealTrialTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Try_FilesThatTheHeaderRulesName_EndTheProcessWithoutThem()
    {
        var crashing = new Dictionary<string, TinyGguf>(StringComparer.Ordinal)
        {
            ["no layers"] = TinyGguf.Random().With("llama.block_count", 0u),
            ["513 layers"] = TinyGguf.Random().With("llama.block_count", 513u),
            ["experts without use"] = TinyGguf.Random().With("llama.expert_count", 4u),
            ["use without experts"] = TinyGguf.Random().With("llama.expert_used_count", 2u),
            ["negative epsilon"] = TinyGguf.Random().With("llama.attention.layer_norm_rms_epsilon", -1f),
            ["integer attention"] = TinyGguf.Random().WithTensor("blk.0.attn_q.weight", [32, 32], 26),
            ["half norm"] = TinyGguf.Random().WithTensor("output_norm.weight", [32], 1),
        };
        crashing["same token"] = TinyGguf.Random();
        ((string[])crashing["same token"].Metadata["tokenizer.ggml.tokens"])[65] = "B";
        var good = new TrialCandidate(TinyGguf.Random().Save(_folder.Path, "good.gguf"));
        var candidates = crashing.Select(c => new TrialCandidate(c.Value.Save(_folder.Path, $"{c.Key}.gguf"))).Append(good).ToArray();
        var verdicts = await Trial("unchecked").TryAsync(candidates, default);

        Assert.All(verdicts.SkipLast(1).Zip(crashing.Keys), v =>
            Assert.True(v.First.Refusal?.Contains("ended its trial process", StringComparison.Ordinal), $"{v.Second}: {v.First.Refusal}"));
        Assert.Null(verdicts[^1].Refusal);
    }

    [Fact]
    public async Task Try_GoodAndBadFiles_OneChildTellsThemApart()
    {
        var verdicts = await Trial("check").TryAsync(
            [
                new(TinyGguf.Random().Save(_folder.Path, "good.gguf")),
                new(TinyGguf.Random().With("llama.block_count", 0u).Save(_folder.Path, "hostile.gguf")),
                new(TinyGguf.Random().With("general.architecture", "unheard-of").With("unheard-of.block_count", 2u).Save(_folder.Path, "unknown.gguf")),
                new(TinyGguf.Random().Without("tokenizer.chat_template").Save(_folder.Path, "untold.gguf")),
                new(_folder.File("untold.gguf"), "phi3"),
                new(_folder.File("missing.gguf")),
            ],
            default);

        Assert.Collection(
            verdicts,
            v => Assert.Null(v.Refusal),
            v => Assert.Contains("block_count is 0", v.Refusal, StringComparison.Ordinal),
            v => Assert.Contains("unheard-of", v.Refusal, StringComparison.Ordinal),
            v => Assert.Contains("template", v.Refusal, StringComparison.Ordinal),
            v => Assert.Null(v.Refusal),
            v => Assert.Contains("does not exist", v.Refusal, StringComparison.Ordinal));
    }

    static ChildProcessTrial Trial(string mode) =>
        new(TrialProgram.Options(mode), TimeProvider.System, NullLogger<ChildProcessTrial>.Instance);
}
