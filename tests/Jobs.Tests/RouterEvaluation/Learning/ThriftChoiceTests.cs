using Orchestrator.Jobs.RouterEvaluation;
using Orchestrator.Jobs.RouterEvaluation.Learning;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Tests.RouterEvaluation.Learning;

public sealed class ThriftChoiceTests
{
    static readonly RouterEvaluationOptions Options = new() { Keep = 0.89, Margin = 0 };

    // The cheap expert fails on every tenth question.
    static readonly HeldOutOutcomes Known = new(new OutcomeTable("", ["cheap", "dear"],
        [.. Enumerable.Range(0, 100).Select(i => new OutcomeRow($"q{i}", $"{i}", [], [Of(i % 10 == 0 ? 0 : 1, 1), Of(1, 10)]))]));

    [Fact]
    public void Of_CheaperThatKeepsEnough_IsTaken() => Assert.Equal(new Thrift(1, 1), ThriftChoice.Of(Known, [All(1), All(0)], reference: 1, Options));

    [Fact]
    public void Of_Margin_WantsMoreThanJustEnough()
    {
        int[] half = [.. Enumerable.Range(0, 100).Select(i => i < 50 ? 1 : 0)];

        Assert.Equal(new Thrift(0, 5.5), ThriftChoice.Of(Known, [half, All(0)], reference: 1, Options with { Margin = 1 }));
    }

    [Fact]
    public void Of_NothingKeepsEnough_IsNone() => Assert.Null(ThriftChoice.Of(Known, [All(0)], reference: 1, Options with { Keep = 0.95 }));

    [Fact]
    public void Of_NothingIsCheaper_IsNone() => Assert.Null(ThriftChoice.Of(Known, [All(1)], reference: 0, Options));

    static int[] All(int column) => [.. Enumerable.Repeat(column, 100)];

    static Outcome? Of(double score, double cost) => new Outcome(score, null) { Cost = cost };
}
