using Orchestrator.Jobs.RouterEvaluation.Judging;
using Orchestrator.Jobs.RouterEvaluation.Learning;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Tests.RouterEvaluation.Judging;

public sealed class SplitJudgeTests
{
    static readonly Effort None = new(TimeSpan.Zero, 0, []);

    [Fact]
    public void Judge_References_AreLookedUp()
    {
        IReadOnlyList<JudgedColumn> columns = Judge([1, -1], ["law", "new"], [[Of(0), Of(1)], [Of(0.5), Of(0)]]);

        Assert.Equal([1, 0.5], Scores(columns, "s"));
        Assert.Equal([1, 0.5], Scores(columns, ReferenceNames.Auto));
        Assert.Equal([0, 0.5], Scores(columns, ReferenceNames.BestSingle));
        Assert.Equal([1, 0.5], Scores(columns, ReferenceNames.Told));
        Assert.Equal([0.5, 0.25], Scores(columns, ReferenceNames.Random));
        Assert.Equal([1, 0.5], Scores(columns, ReferenceNames.Oracle));
    }

    [Fact]
    public void Judge_CostOfOneChoiceUnknown_StaysUnknown()
    {
        IReadOnlyList<JudgedColumn> columns = Judge([0, 1], ["law", null], [[Of(0, 2), Of(1, 3)], [Of(1, 4), Of(1)]]);

        Assert.Equal([2, null], Costs(columns, "s"));
        Assert.Equal([2.5, null], Costs(columns, ReferenceNames.Random));
        Assert.Equal([3, 4], Costs(columns, ReferenceNames.Oracle));
    }

    [Fact]
    public void Judge_Trade_IsMeasuredAgainstTheBestSingle()
    {
        var training = new OutcomeTable("", ["dear", "cheap"], [new OutcomeRow("q", "q", [], [Of(1, 10), Of(1, 2)])]);
        Choices choices = new("s", "", 1, [0, 0], [1, 1], [[0, 0], [1, 1]], new Thrift(1, 2), None);
        var learned = new Learned(0, new Dictionary<string, int>(), [choices with { Name = "other", Thrift = null }, choices], [], "other", Prices.Of(training), []);

        IReadOnlyList<JudgedColumn> columns = new SplitJudge(learned, [null, null], [[Of(1, 10), Of(1, 2)], [Of(1, 10), Of(0, 2)]]).Judge();

        Assert.Equal(new Saving(0.5, 0.2), columns.Single(column => column.Name == "s").Saving);
        Assert.Equal(new Saving(1, 1), columns.Single(column => column.Name == "other").Saving);
        // The contender that is best without costs need not be the one that saves most.
        Assert.Equal(new Saving(0.5, 0.2), columns.Single(column => column.Name == ReferenceNames.Auto).Saving);
        Assert.Equal([new CurvePoint(10, 1), new CurvePoint(2, 0.5)], columns.Single(column => column.Name == "s").Curve);
    }

    static double[] Scores(IReadOnlyList<JudgedColumn> columns, string name) => [.. columns.Single(column => column.Name == name).Scores];

    static double?[] Costs(IReadOnlyList<JudgedColumn> columns, string name) => [.. columns.Single(column => column.Name == name).Costs];

    static Outcome Of(double score, double? cost = null) => new(score, null) { Cost = cost };

    static IReadOnlyList<JudgedColumn> Judge(int[] choices, string?[] labels, Outcome[][] outcomes) => new SplitJudge(
        new Learned(0, new Dictionary<string, int> { ["law"] = 1 }, [new Choices("s", "", 1, choices, [1, 1], [], null, None)], [], "s", null, []),
        labels, outcomes).Judge();
}
