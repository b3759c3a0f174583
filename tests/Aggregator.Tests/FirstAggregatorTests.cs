using Orchestrator.Experts;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Aggregator.Tests;

public sealed class FirstAggregatorTests
{
    [Fact]
    public async Task MergeAsync_AllAnswered_TheFirstSpeaksAsItDid()
    {
        MergedAnswer merged = await new FirstAggregator().MergeAsync(Panels.Of("a 0.1 one", "b 0.9 two"), default);

        Assert.Equal("a", merged.Expert);
        Assert.Equal(("one", new GenerationChunk("one", FinishReason.Length)), await Panels.ReadAsync(merged));
        await merged.DisposeAsync();
    }

    [Fact]
    public async Task MergeAsync_FirstFailedAndSecondSilent_TheThirdSpeaks()
    {
        PanelAnswers panel = Panels.Of("b 1  ", "c 1 three");
        panel = panel with { Answers = [Panels.Failed("a", ExpertFailure.Failed), .. panel.Answers] };

        MergedAnswer merged = await new FirstAggregator().MergeAsync(panel, default);

        Assert.Equal("c", merged.Expert);
        Assert.Contains("2 before it did not", Assert.Single(merged.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MergeAsync_NobodyAnswered_FailsAsTheFirstFailureDid()
    {
        PanelAnswers panel = Panels.Of("a 1  ");
        WeighedAnswer full = Panels.Failed("b", ExpertFailure.QueueFull), failed = Panels.Failed("c", ExpertFailure.Failed);
        panel = panel with { Answers = [.. panel.Answers, full, failed] };

        var problem = await Assert.ThrowsAsync<ExpertException>(() => new FirstAggregator().MergeAsync(panel, default));

        Assert.Equal((ExpertFailure.QueueFull, "b"), (problem.Failure, problem.Expert));
        Assert.Equal(TimeSpan.FromSeconds(3), problem.RetryAfter);
    }

    [Fact]
    public async Task MergeAsync_AllSilent_Fails()
    {
        var problem = await Assert.ThrowsAsync<ExpertException>(
            () => new FirstAggregator().MergeAsync(Panels.Of("a 1  "), default));

        Assert.Equal(ExpertFailure.Failed, problem.Failure);
    }
}
