using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Routing.Trials;
using Orchestrator.Router.Strategies;
using Orchestrator.Router.Tests.Strategies;

namespace Orchestrator.Router.Tests.Routing.Trials;

public sealed class RouterTrialTests
{
    public static TheoryData<string> Strategies => [.. PolicyRouter.Strategies];

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Expect_Question_ChoosesAsTheRouterDoes(string strategy)
    {
        var router = new PolicyRouter([Policy(strategy)], Profiles.Table, Profiles.All, Space(Profiles.Table));
        FittedPolicy fitted = Fit(strategy, Profiles.Table);
        RouterTrial trial = Trial(Profiles.Table);

        foreach (string question in new[] { "What is 34 + 90?", "Reverse the word QUX.", "Who was it?" })
        {
            RoutePlan plan = router.Route(strategy, question, Profiles.All);
            Expectation expected = fitted.Expect(trial.Place(question));
            Assert.Equal(plan.Primary, Profiles.Table.Experts[expected.Choice]);
            Assert.Equal(plan.Coverage?.Claimed ?? plan.Confidence!.Value, expected.Confidence, 12);
            Assert.All(plan.Ranked, ranked =>
                Assert.Equal(ranked.Score, Math.Clamp(expected.Scores[Profiles.Table.ColumnOf(ranked.Expert)], 0, 1), 12));
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void ExpectHeldOut_OwnOutcomeChanged_ExpectsTheSame(string strategy)
    {
        const int Changed = 17;
        OutcomeTable other = new(Profiles.Table.Source, Profiles.Table.Experts,
            [.. Profiles.Table.Rows.Select((row, i) => i == Changed ? row with { Outcomes = [.. row.Outcomes.Select(Inverted)] } : row)]);

        Expectation before = Fit(strategy, Profiles.Table).ExpectHeldOut()[Changed], after = Fit(strategy, other).ExpectHeldOut()[Changed];

        Assert.Equal(before.Scores, after.Scores);
        Assert.Equal(before.Choice, after.Choice);
    }

    [Fact]
    public void ExpectHeldOut_Nearest_IsOneForEachTrainingQuestion() =>
        Assert.Equal(Profiles.Table.Rows.Count, Fit("nearest", Profiles.Table).ExpectHeldOut().Count);

    [Fact]
    public void Fit_MoreQuestionsThanTheStrategyTakes_SaysSo()
    {
        const int Many = KernelRidgeStrategy.MostQuestions + 1;
        OutcomeTable table = new("", ["x"], [.. Enumerable.Range(0, Many).Select(i => new OutcomeRow($"q{i}", "same", [], [new Outcome(1, null)]))]);
        var problems = new List<string>();

        Assert.Null(Trial(table).Fit(Policy("kernel-ridge"), problems));
        Assert.Contains($"there are {Many}", Assert.Single(problems), StringComparison.Ordinal);
    }

    static Outcome? Inverted(Outcome? outcome) => outcome is { } known ? known with { Score = 1 - known.Score } : null;

    static FittedPolicy Fit(string strategy, OutcomeTable table) =>
        Trial(table).Fit(Policy(strategy), []) ?? throw new InvalidOperationException(strategy);

    static RouterTrial Trial(OutcomeTable table) => new(table, Space(table));

    static QuestionSpace Space(OutcomeTable table) => QuestionSpace.Hashed([.. table.Rows.Select(row => row.Question)]);

    static PolicyConfig Policy(string strategy) => new(strategy, strategy, new Dictionary<string, string>(), Line: 1);
}
