using Orchestrator.Aggregator.Voting;
using Orchestrator.Experts;

namespace Orchestrator.Aggregator.Tests.Voting;

public sealed class VoteAggregatorTests
{
    static readonly VoteAggregator Weighted = new("vote", new VoteOptions());
    static readonly VoteAggregator Equal = new("majority", new VoteOptions { Weighted = false });

    [Fact]
    public void Merge_OneHeavyAgainstTwoLight_WeightDecidesOrNumber()
    {
        PanelAnswers panel = Panels.Of("a 0.9 Answer: 7", "b 0.4 Answer: 8", "c 0.3 so Answer: 8.");

        Assert.Equal("a", Weighted.Merge(panel).Expert);
        Assert.Equal("b", Equal.Merge(panel).Expert);
    }

    [Fact]
    public async Task Merge_WinningGroup_SpeaksInTheWordsOfItsHeaviest()
    {
        MergedAnswer merged = Weighted.Merge(Panels.Of("a 0.6 first. Answer: 8", "b 0.7 Answer: 7", "c 0.65 third. Answer: 8.0"));

        Assert.Equal("c", merged.Expert);
        Assert.Equal("third. Answer: 8.0", (await Panels.ReadAsync(merged)).Text);
        Assert.Equal("The vote is 1.02 for '8' (a, c), 0.85 for '7' (b).", Assert.Single(merged.Reasons));
    }

    /// <summary>Their last numbers alone are the same.</summary>
    [Fact]
    public void Merge_AnswersHeldToAForm_AreComparedAsAWhole()
    {
        PanelAnswers panel = Panels.Of("a 0.6 {\"name\": \"x\", \"n\": 5}", "b 0.6 {\"name\": \"y\", \"n\": 5}", "c 0.6 {\"name\":\"y\",\"n\":5}");

        MergedAnswer merged = Weighted.Merge(panel with { Request = panel.Request with { Grammar = "root ::= [^a]*" } });

        Assert.Equal("b", merged.Expert);
        Assert.Equal("a", Weighted.Merge(panel).Expert);
    }

    [Fact]
    public void Merge_EqualSums_TheHighestSingleWeightDecides() =>
        Assert.Equal("c", Weighted.Merge(Panels.Of("a 0.5 Answer: 7", "b 0.5 Answer: 7", "c 0.525 Answer: 8")).Expert);

    [Fact]
    public void Merge_EqualInAll_ThePanelsOrderDecides()
    {
        Assert.Equal("z", Weighted.Merge(Panels.Of("z 0.5 Answer: 9", "a 0.5 Answer: 1")).Expert);
        Assert.Equal("z", Equal.Merge(Panels.Of("z 0.1 Answer: 9", "a 0.5 Answer: 1")).Expert);
    }

    [Fact]
    public void Merge_FailedAndSilentMembers_DoNotVote()
    {
        PanelAnswers panel = Panels.Of("c 5 Answer:", "d 0.1 Answer: 7");
        panel = panel with { Answers = [Panels.Failed("a", ExpertFailure.Failed), .. panel.Answers] };

        MergedAnswer merged = Weighted.Merge(panel);

        Assert.Equal("d", merged.Expert);
        Assert.Contains("2 of 3 members gave no answer to vote with.", merged.Reasons);
    }

    [Fact]
    public void Merge_NobodyCameToAnAnswer_TheFirstThatSpokeSpeaks() =>
        Assert.Equal("a", Weighted.Merge(Panels.Of("a 0.1 Answer:", "b 0.9 Answer:")).Expert);

    [Fact]
    public async Task MergeAsync_NobodyAnswered_Fails()
    {
        PanelAnswers panel = Panels.Of() with { Answers = [Panels.Failed("a", ExpertFailure.LoadFailed)] };

        var problem = await Assert.ThrowsAsync<ExpertException>(async () => await Weighted.MergeAsync(panel, default));

        Assert.Equal(ExpertFailure.LoadFailed, problem.Failure);
    }
}
