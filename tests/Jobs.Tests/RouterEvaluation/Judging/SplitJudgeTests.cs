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

    static double[] Scores(IReadOnlyList<JudgedColumn> columns, string name) => [.. columns.Single(column => column.Name == name).Scores];

    static double?[] Costs(IReadOnlyList<JudgedColumn> columns, string name) => [.. columns.Single(column => column.Name == name).Costs];

    static Outcome Of(double score, double? cost = null) => new(score, null) { Cost = cost };

    static IReadOnlyList<JudgedColumn> Judge(int[] choices, string?[] labels, Outcome[][] outcomes) => new SplitJudge(
        new Learned(0, new Dictionary<string, int> { ["law"] = 1 }, [new Choices("s", "", 1, choices, [1, 1], [], null, None)], [], "s", null, []),
        labels, outcomes).Judge();
}
