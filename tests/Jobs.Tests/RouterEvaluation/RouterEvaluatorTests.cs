using System.Text.Json;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.RouterEvaluation;
using Orchestrator.Jobs.RouterEvaluation.Data;
using Orchestrator.Jobs.RouterEvaluation.Judging;
using Orchestrator.Jobs.RouterEvaluation.Learning;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Jobs.Tests.RouterEvaluation;

public sealed class RouterEvaluatorTests
{
    [Fact]
    public void Run_TestOutcomesAndLabelsPermuted_ChangesNoChoice()
    {
        RoutingSet permuted = Permuted(RoutingSets.Small);

        JudgedSplit first = Run(RoutingSets.Small, Contender.All), second = Run(permuted, Contender.All);

        // auto is the harness's own choice among the others.
        Assert.Equal(PolicyRouter.Strategies.Except(["auto"]), first.Learned.Contenders.Select(choices => choices.Name).Order(StringComparer.Ordinal));
        Assert.Equal(Decided(first.Learned), Decided(second.Learned));
        // The permutation is no empty one: what came of the choices differs.
        Assert.NotEqual(Column(first, "nearest").Scores, Column(second, "nearest").Scores);
        Assert.NotEqual(Column(first, ReferenceNames.Told).Scores, Column(second, ReferenceNames.Told).Scores);
    }

    [Fact]
    public void Run_TrainingOutcomesPermuted_ChangesChoices()
    {
        RoutingSet permuted = Permuted(RoutingSets.Small, part: "train");

        Assert.NotEqual(Decided(Run(RoutingSets.Small, RoutingSets.Contenders).Learned), Decided(Run(permuted, RoutingSets.Contenders).Learned));
    }

    [Fact]
    public void Run_Routed_IsBetterThanTheBestSingleExpert()
    {
        JudgedSplit split = Run(RoutingSets.Small, RoutingSets.Contenders);

        Assert.Equal(0.9, Column(split, ReferenceNames.Auto).Scores.Average(), 9);
        Assert.Equal(0.9, Column(split, ReferenceNames.Told).Scores.Average(), 9);
        Assert.Equal(0.45, Column(split, ReferenceNames.BestSingle).Scores.Average(), 9);
    }

    [Fact]
    public void Run_TestQuestionsWithoutAnOutcome_AreLeftOut()
    {
        JudgedSplit split = Run(With(100, row => row with { Outcome = row.Outcome with { Outcomes = [null, .. row.Outcome.Outcomes.Skip(1)] } }));

        Assert.Equal((39, 1), (split.Rows.Count, split.Incomplete));
        Assert.DoesNotContain(100, split.Rows);
    }

    [Theory]
    [InlineData(false, 40)]
    [InlineData(true, 39)]
    public void Run_RepeatedQuestion_IsCountedAndDroppedOnRequest(bool drop, int tested)
    {
        RoutingSet set = With(100, row => row with { Outcome = row.Outcome with { Question = RoutingSets.Small.Rows[0].Question } });

        JudgedSplit split = Run(set, RoutingSets.Contenders, RoutingSets.Options with { DropDuplicates = drop });

        Assert.Equal((tested, 1), (split.Rows.Count, split.Repeated));
    }

    [Fact]
    public void Run_NothingLeftToTest_IsRefused()
    {
        RoutingSet set = RoutingSets.Small with
        {
            Rows = [.. RoutingSets.Small.Rows.Take(80), RoutingSets.Small.Rows[80] with { Outcome = RoutingSets.Small.Rows[80].Outcome with { Outcomes = [null, null, null] } }],
        };

        Assert.Contains("1 lack an outcome", Assert.Throws<EvalException>(() => Run(set)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SeveralBenchmarks_AreTheLabelUnlessSaidOtherwise()
    {
        RoutingSet set = With(0, row => row with { Benchmark = "other" });

        Assert.Equal(["made", "other"], Run(set).Learned.Told.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["add", "reverse"],
            Run(set, RoutingSets.Contenders, RoutingSets.Options with { Label = QuestionLabel.Category }).Learned.Told.Keys.Order(StringComparer.Ordinal));
    }

    static RoutingSet With(int changed, Func<RoutingRow, RoutingRow> change) =>
        RoutingSets.Small with { Rows = [.. RoutingSets.Small.Rows.Select((row, i) => i == changed ? change(row) : row)] };

    /// <summary>Outcomes and labels of one part go round among its questions; the questions stay.</summary>
    static RoutingSet Permuted(RoutingSet set, string part = "test")
    {
        RoutingRow[] rows = [.. set.Rows.Where(row => row.Split == part)];
        int next = 0;
        return set with
        {
            Rows = [.. set.Rows.Select(row => row.Split != part ? row : row with
            {
                Outcome = rows[next = (next + 7) % rows.Length].Outcome with { Id = row.Outcome.Id, Question = row.Question },
            })],
        };
    }

    static JudgedColumn Column(JudgedSplit split, string name) => split.Columns.Single(column => column.Name == name);

    static JudgedSplit Run(RoutingSet set, IReadOnlyList<Contender>? contenders = null, RouterEvaluationOptions? options = null) =>
        new RouterEvaluator(options ?? RoutingSets.Options, RoutingSets.Learner).Run(set, SplitRule.Field.Of(set)[0], contenders ?? RoutingSets.Contenders);

    /// <summary>Every decision as text; the memory that a fit takes is none.</summary>
    static string Decided(Learned learned) => JsonSerializer.Serialize(
        learned with { Contenders = [.. learned.Contenders.Select(choices => choices with { Effort = new Effort(TimeSpan.Zero, 0, []) })] });
}
