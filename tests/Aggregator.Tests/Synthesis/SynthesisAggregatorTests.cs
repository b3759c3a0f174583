using Orchestrator.Aggregator.Synthesis;
using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Aggregator.Tests.Synthesis;

public sealed class SynthesisAggregatorTests
{
    static readonly PanelAnswers Split = Panels.Of("a 0.9 Answer: 7", "b 0.4 Answer: 8", "c 0.3 Answer: 9");

    [Fact]
    public async Task MergeAsync_SplitPanel_StreamsWhatTheExpertWrites()
    {
        FakeExpert judge = new("judge", _ => "b is off. Answer: 7");

        MergedAnswer merged = await Aggregator(judge).MergeAsync(Split, default);
        (string text, GenerationChunk last) = await Panels.ReadAsync(merged);

        Assert.Equal(("judge", "b is off. Answer: 7"), (merged.Expert, text));
        Assert.Equal((FinishReason.Stop, new TokenUsage(7, 5)), (last.Finish, last.Usage));
        Assert.Equal("judge merged the answers of a, b, c.", Assert.Single(merged.Reasons));
    }

    [Fact]
    public async Task MergeAsync_Request_KeepsWhatThePanelWasAskedWith()
    {
        FakeExpert judge = new("judge", _ => "Answer: 7");
        PanelAnswers panel = Split with
        {
            Request = Split.Request with { MaxTokens = 33, Stop = ["!"], Sampling = new SamplingChanges { Seed = 5 } },
            Class = RequestClass.Batch,
            AllowVariant = false,
        };

        await Aggregator(judge).MergeAsync(panel, default);

        ExpertCall call = Assert.Single(judge.Calls);
        Assert.Equal((33, 5u, "!"), (call.Request.MaxTokens, call.Request.Sampling!.Seed, Assert.Single(call.Request.Stop)));
        Assert.Equal((RequestClass.Batch, false), (call.Class, call.AllowVariant));
    }

    [Fact]
    public async Task MergeAsync_AllAgree_NobodyIsAskedUnlessAlways()
    {
        FakeExpert judge = new("judge", _ => "Answer: 7");
        PanelAnswers agreed = Panels.Of("a 0.6 Answer: 7", "b 0.7 so Answer: 7.0");

        MergedAnswer skipped = await Aggregator(judge).MergeAsync(agreed, default);
        Assert.Empty(judge.Calls);
        MergedAnswer always = await Aggregator(judge, new SynthesisOptions { SkipAgreed = false }).MergeAsync(agreed, default);

        Assert.Equal(("b", "judge"), (skipped.Expert, always.Expert));
        Assert.Contains("agree", skipped.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task MergeAsync_OneCameToNoAnswer_IsNoAgreement()
    {
        FakeExpert judge = new("judge", _ => "Answer: 7");

        MergedAnswer merged = await Aggregator(judge).MergeAsync(Panels.Of("a 0.6 Answer: 7", "b 0.7 Answer:"), default);

        Assert.Equal("judge", merged.Expert);
    }

    [Fact]
    public async Task MergeAsync_NobodyToMerge_Votes()
    {
        var aggregator = new SynthesisAggregator("synthesis", Parts(), null, new SynthesisOptions());

        MergedAnswer merged = await aggregator.MergeAsync(Split, default);

        Assert.Equal("a", merged.Expert);
        Assert.Contains("No expert is named to merge", merged.Reasons[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExpertFailure.LoadFailed)]
    [InlineData(ExpertFailure.InvalidRequest)]
    [InlineData(ExpertFailure.QueueFull)]
    public async Task MergeAsync_FailsBeforeItsFirstWord_Votes(ExpertFailure failure)
    {
        FakeExpert judge = new("judge", _ => throw FakeExpert.Failure(failure, "no disk"));

        MergedAnswer merged = await Aggregator(judge).MergeAsync(Split, default);

        Assert.Equal("a", merged.Expert);
        Assert.Equal("judge could not merge (no disk), so the panel votes.", merged.Reasons[0]);
        Assert.StartsWith("The vote is 2.2 for '7' (a)", merged.Reasons[1], StringComparison.Ordinal);
        Assert.Single(judge.Calls);
        Assert.True(judge.Released);
    }

    [Fact]
    public async Task MergeAsync_SaysNothing_Votes()
    {
        MergedAnswer merged = await Aggregator(new FakeExpert("judge", _ => "")).MergeAsync(Split, default);

        Assert.Equal("a", merged.Expert);
        Assert.Contains("ended without a word", merged.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task MergeAsync_UnknownExpert_Votes()
    {
        var aggregator = new SynthesisAggregator("synthesis", Parts(), "gone", new SynthesisOptions());

        Assert.Equal("a", (await aggregator.MergeAsync(Split, default)).Expert);
    }

    [Fact]
    public async Task MergeAsync_BreaksAfterItsFirstWord_TheReaderIsTold()
    {
        FakeExpert judge = new("judge", _ => "Answer: 7") { Breaks = FakeExpert.Failure(ExpertFailure.Failed) };

        MergedAnswer merged = await Aggregator(judge).MergeAsync(Split, default);

        await Assert.ThrowsAsync<ExpertException>(() => Panels.ReadAsync(merged));
    }

    [Fact]
    public async Task MergeAsync_PromptTooLong_ShowsTheEndsOfAnswersInstead()
    {
        FakeExpert judge = new(
            "judge", prompt => prompt.Length > 1500 ? throw FakeExpert.Failure(ExpertFailure.PromptTooLong) : "Answer: 7");
        PanelAnswers panel = Panels.Of($"a 1 {new string('x', 2000)} Answer: 7", "b 1 Answer: 8");

        MergedAnswer merged = await Aggregator(judge, new SynthesisOptions { ShortLength = 50 }).MergeAsync(panel, default);

        Assert.Equal("judge", merged.Expert);
        Assert.Contains("last 50 characters", merged.Reasons[1], StringComparison.Ordinal);
        string second = judge.Calls[1].Request.Messages[^1].Content;
        Assert.Contains(new string('x', 40) + " Answer: 7", second, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 41), second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MergeAsync_PromptTooLongTwice_Votes()
    {
        FakeExpert judge = new("judge", _ => throw FakeExpert.Failure(ExpertFailure.PromptTooLong, "900 tokens"));

        MergedAnswer merged = await Aggregator(judge).MergeAsync(Split, default);

        Assert.Equal((2, "a"), (judge.Calls.Count, merged.Expert));
        Assert.Contains("900 tokens", merged.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task MergeAsync_FailedMembers_AreNotShown()
    {
        FakeExpert judge = new("judge", _ => "Answer: 7");

        PanelAnswers panel = Split with { Answers = [Panels.Failed("x", ExpertFailure.Failed), .. Split.Answers] };
        await Aggregator(judge).MergeAsync(panel, default);

        Assert.DoesNotContain("half an ans", judge.Calls[0].Request.Messages[^1].Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MergeAsync_HalfReadAnswer_IsReleasedWithIt()
    {
        FakeExpert judge = new("judge", _ => "Answer: 7");

        MergedAnswer merged = await Aggregator(judge).MergeAsync(Split, default);
        Assert.False(judge.Released);
        await merged.DisposeAsync();

        Assert.True(judge.Released);
    }

    [Fact]
    public async Task MergeAsync_Cancelled_DoesNotVote() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Aggregator(new FakeExpert("judge", _ => "Answer: 7")).MergeAsync(Split, new CancellationToken(canceled: true)));

    static SynthesisAggregator Aggregator(FakeExpert judge, SynthesisOptions? options = null) =>
        new("synthesis", Parts(judge), judge.Id, options ?? new SynthesisOptions());

    static AggregatorParts Parts(params FakeExpert[] experts) => new(
        id => experts.FirstOrDefault(expert => expert.Id == id) ?? throw FakeExpert.Failure(ExpertFailure.Unknown),
        _ => ExpertPurpose.Answer,
        null);
}
