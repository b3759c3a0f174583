using Orchestrator.Router.Outcomes;

namespace Orchestrator.Router.Tests.Outcomes;

public sealed class OutcomeHashTests
{
    static readonly OutcomeTable Table = Of("x", "one", 1);

    [Fact]
    public void Of_SameLessons_IsTheSame()
    {
        var other = new OutcomeTable("elsewhere", ["x"], [new OutcomeRow("other", "one", ["skill"], [new Outcome(1, 99)])]);

        Assert.Equal(OutcomeHash.Of(Table), OutcomeHash.Of(other));
    }

    [Theory]
    [InlineData("y", "one", 1.0)]
    [InlineData("x", "two", 1.0)]
    [InlineData("x", "one", 0.0)]
    [InlineData("x", "one", null)]
    public void Of_OtherLessons_Differs(string expert, string question, double? score) =>
        Assert.NotEqual(OutcomeHash.Of(Table), OutcomeHash.Of(Of(expert, question, score)));

    static OutcomeTable Of(string expert, string question, double? score) =>
        new("", [expert], [new OutcomeRow("id", question, [], [score is { } known ? new Outcome(known, null) : null])]);
}
