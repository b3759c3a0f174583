using Orchestrator.LlamaCpp.Models;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests.Latents;

/// <summary>A context whose sequences share their cells, which llama.cpp takes for one sequence of all of them.</summary>
public sealed class TappedContextTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    static readonly BatchEngineOptions Tapped = EngineFixture.Greedy with { LatentTap = true };

    [Fact]
    public async Task LoadAsync_FactorsForLongTexts_AreRefusedWithSeveralSequences()
    {
        var refused = await Assert.ThrowsAsync<ModelLoadException>(() => fixture.LoadAsync(LongRope(), Tapped));

        Assert.Contains("max_sequences is 4 and must be 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_FactorsForLongTextsAndOneSequence_AnswersAsWithoutTheOption()
    {
        await using var plain = await fixture.LoadAsync(LongRope());
        await using var tapped = await fixture.LoadAsync(LongRope(), Tapped with { MaxSequences = 1 });

        var asked = Chat.Ask("What is it?", 20);

        Assert.Equal(await plain.AnswerAsync(asked), await tapped.AnswerAsync(asked));
    }

    // With flash attention off the two would differ in the last bits.
    [Fact]
    public async Task GenerateAsync_OneSequence_IsThatOfAContextWithoutTapsToTheBit()
    {
        var model = TinyGguf.Random(layers: 3);
        await using var plain = await fixture.LoadAsync(model, EngineFixture.Greedy with { MaxSequences = 1 });
        await using var tapped = await fixture.LoadAsync(model, Tapped with { MaxSequences = 1 });

        var expected = await plain.ScoredAsync(TapRequests.Ask("What is it?"));
        var hearing = await tapped.ScoredAsync(TapRequests.Ask("What is it?", tapped.Recorder()));

        ScoredAnswer.AssertSame(expected, hearing);
    }

    [Fact]
    public async Task ContextLength_SharedCells_IsThatOfOneSequence()
    {
        await using var tapped = await fixture.LoadAsync(TinyGguf.Random(context: 256), Tapped);

        Assert.Equal(256, tapped.ContextLength);
    }

    [Theory]
    [InlineData("llama_context: n_ctx_seq (1024) > n_ctx_train (256) -- possible training context overflow", true)]
    [InlineData("llama_context: n_ctx_seq (128) < n_ctx_train (256) -- the full capacity of the model will not be utilized", false)]
    [InlineData("llama_kv_cache: something else", false)]
    public void IsIntended_Lines_OnlyTheOneThatIsMeant(string line, bool intended) => Assert.Equal(intended, SharedCells.IsIntended(line));

    static TinyGguf LongRope()
    {
        var file = TinyGguf.Random();
        file.Metadata["llama.rope.scaling.type"] = "longrope";
        file.Tensors.Add(new TinyTensor("rope_factors_long.weight", [8], [.. Enumerable.Repeat(9f, 8)]));
        file.Tensors.Add(new TinyTensor("rope_factors_short.weight", [8], [.. Enumerable.Repeat(1f, 8)]));
        return file;
    }
}
