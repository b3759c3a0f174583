using Orchestrator.Router.Outcomes;

namespace Orchestrator.Router.Tests.Outcomes;

public sealed class OutcomeTableTests
{
    static readonly OutcomeTable Table = new("made by hand", ["abacus", "cipher"],
    [
        new OutcomeRow("q1", "What is 3 + 4?", ["add"], [new Outcome(1, 5), new Outcome(0, 7)]),
        new OutcomeRow("q2", "Reverse ABC.", [], [null, new Outcome(0.5, 2)]),
    ]);

    [Fact]
    public void WithExpert_NewExpert_AppendsItsColumn()
    {
        OutcomeTable table = Table.WithExpert("loom", new Dictionary<string, Outcome> { ["q2"] = new(1, 9) });

        Assert.Equal(["abacus", "cipher", "loom"], table.Experts);
        Assert.Equal([new Outcome(1, 5), new Outcome(0, 7), null], table.Rows[0].Outcomes);
        Assert.Equal([null, new Outcome(0.5, 2), new Outcome(1, 9)], table.Rows[1].Outcomes);
    }

    [Fact]
    public void WithExpert_KnownExpert_ReplacesTheColumnInPlace()
    {
        OutcomeTable table = Table.WithExpert("abacus", new Dictionary<string, Outcome> { ["q2"] = new(0, 1) });

        Assert.Equal(["abacus", "cipher"], table.Experts);
        Assert.Null(table.Rows[0].Outcomes[0]);
        Assert.Equal(new Outcome(0, 1), table.Rows[1].Outcomes[0]);
        Assert.Equal(new Outcome(1, 5), Table.Rows[0].Outcomes[0]);
    }

    [Fact]
    public void WithExpert_UnknownQuestion_NamesIt()
    {
        var outcomes = new Dictionary<string, Outcome> { ["q9"] = new(1, 1) };

        var problem = Assert.Throws<ArgumentException>(() => Table.WithExpert("loom", outcomes));

        Assert.Contains("'q9'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutExpert_DropsOnlyItsColumn()
    {
        OutcomeTable table = Table.WithoutExpert("abacus");

        Assert.Equal(["cipher"], table.Experts);
        Assert.Equal([new Outcome(0.5, 2)], table.Rows[1].Outcomes);
    }

    [Fact]
    public void WithoutQuestions_DropsOnlyThem()
    {
        OutcomeTable table = Table.WithoutQuestions(new HashSet<string> { "q1" });

        Assert.Equal("q2", Assert.Single(table.Rows).Id);
        Assert.False(table.TryGetRow("q1", out _));
    }

    [Theory]
    [InlineData("abacus", false)]
    [InlineData("cipher", true)]
    [InlineData("nobody", false)]
    public void IsComplete_OnlyWhenEveryQuestionWasAsked(string expert, bool complete) =>
        Assert.Equal(complete, Table.IsComplete(expert));

    [Theory]
    [InlineData(1.01)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public void Constructor_ScoreOutsideRange_Throws(double score) =>
        Assert.Throws<ArgumentException>(() =>
            new OutcomeTable("", ["a"], [new OutcomeRow("q", "?", [], [new Outcome(score, 1)])]));

    [Fact]
    public void Constructor_RowOfOtherWidth_Throws() =>
        Assert.Throws<ArgumentException>(() => new OutcomeTable("", ["a", "b"], [new OutcomeRow("q", "?", [], [null])]));

    [Fact]
    public void Constructor_IdTwice_Throws() =>
        Assert.Throws<ArgumentException>(() =>
            new OutcomeTable("", [], [.. Table.Rows.Select(row => row with { Id = "q", Outcomes = [] })]));
}
