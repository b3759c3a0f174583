using Orchestrator.Jobs.RouterEvaluation.Judging;
using Orchestrator.Jobs.RouterEvaluation.Learning;

namespace Orchestrator.Jobs.Tests.RouterEvaluation.Judging;

public sealed class PooledTests
{
    [Fact]
    public void Scores_QuestionTestedTwice_CountsOnce()
    {
        var pooled = new Pooled([Split([3, 5], [1, 0.5]), Split([5, 8], [0, 1])], RoutingSets.Options.Bootstrap);

        Assert.Equal([3, 5, 8], pooled.Rows);
        Assert.Equal([1, 0.25, 1], pooled.Scores("s"));
        Assert.Equal(0.75, pooled.Mean("s").Value, 9);
    }

    [Fact]
    public void Names_NotInEverySplit_HaveNoMean()
    {
        JudgedSplit first = Split([1], [1]);
        JudgedSplit more = first with { Columns = [first.Columns[0] with { Name = "rare" }, .. first.Columns] };

        Assert.Equal(["s"], new Pooled([more, Split([1], [0])], RoutingSets.Options.Bootstrap).Names);
    }

    static JudgedSplit Split(int[] rows, double[] scores) => new(
        1, rows, 0, 0, new Learned(0, new Dictionary<string, int>(), [], [], null, null, []),
        [new JudgedColumn("s", scores, [.. scores.Select(_ => (double?)null)])]);
}
