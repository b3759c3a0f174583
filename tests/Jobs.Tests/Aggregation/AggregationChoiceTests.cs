using Orchestrator.Jobs.Aggregation;

namespace Orchestrator.Jobs.Tests.Aggregation;

public sealed class AggregationChoiceTests
{
    [Fact]
    public void Chosen_MostAccurate_Wins() => Assert.Equal("b", Of(Result("a", 70), Result("b", 71)).Chosen);

    [Fact]
    public void Chosen_EquallyAccurate_TheCheaperWins()
    {
        Assert.Equal("b", Of(Result("a", 70) with { Parameters = 2 }, Result("b", 70) with { Parameters = 1 }).Chosen);
        Assert.Equal("b", Of(Result("a", 70) with { Parameters = null }, Result("b", 70) with { Parameters = 9 }).Chosen);
        Assert.Equal("b", Of(Result("a", 70) with { Tokens = 9 }, Result("b", 70) with { Tokens = 8 }).Chosen);
        Assert.Equal("a", Of(Result("b", 70), Result("a", 70)).Chosen);
    }

    [Fact]
    public void Chosen_NobodyBetterThanABlindPick_IsNobody()
    {
        Assert.Null(Of(Result("a", 33)).Chosen);
        Assert.Equal("a", Of(Result("a", 34)).Chosen);
        Assert.Null(Of().Chosen);
    }

    [Fact]
    public void Chosen_CouldNotBeTested_IsNotChosen() =>
        Assert.Equal("b", Of(Result("a", 90) with { Failure = "no disk" }, Result("b", 50)).Chosen);

    [Fact]
    public void With_Result_KeepsTheBestFirst() => Assert.Equal(
        ["b", "c", "a"],
        Of().With(Result("a", 10)).With(Result("b", 5)).With(Result("c", 30)).With(Result("b", 80))
            .Results.Select(result => result.Expert));

    static AggregationChoice Of(params CandidateResult[] results) => new() { Source = "q", Results = results };

    static CandidateResult Result(string expert, int right) => new(expert, "f", 5, right, 100, 5, null);
}
