using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Jobs.Tests.Evaluation;

public sealed class RoutingEvaluationTests
{
    static readonly OutcomeTable Profile = Table(
        ("p1", "What is 3 + 4?", [1, 0, 0]), ("p2", "What is 5 + 9?", [1, 0, 1]), ("p3", "What is 6 + 6?", [1, 0, 0]),
        ("p4", "Reverse ABC.", [0, 1, 0]), ("p5", "Reverse XYZ.", [0, 1, 0]), ("p6", "Reverse KLM.", [0, 0, 0]),
        ("p7", "What is 4 + 7?", [1, 0, 0]), ("p8", "What is 8 + 8?", [1, 0, 1]), ("p9", "What is 1 + 6?", [1, 0, 0]),
        ("p10", "Reverse DEF.", [0, 1, 0]), ("p11", "Reverse UVX.", [0, 1, 0]), ("p12", "Reverse NOP.", [0, 0, 0]));

    static readonly OutcomeTable Test = Table(
        ("t1", "What is 2 + 9?", [1, 0, 0]), ("t2", "What is 4 + 4?", [0, 0, 1]),
        ("t3", "Reverse PQR.", [0, 1, 0]), ("t4", "Reverse UVW.", [0, 0, 0]));

    readonly PolicyRouter _router = new(
        [new PolicyConfig("auto", "nearest", new Dictionary<string, string> { ["neighbours"] = "3" }, 1)],
        Profile, Profile.Experts.ToHashSet(), QuestionSpace.Hashed([.. Profile.Rows.Select(row => row.Question)]));

    [Fact]
    public void Judge_Policy_ScoresEveryWayOfChoosing()
    {
        var judged = RoutingEvaluation.Judge(_router, "auto", Test, bestSingle: "abacus", generalist: "novice");

        Assert.Equal(["abacus", "abacus", "cipher", "cipher"], judged.Select(question => question.Chosen));
        RoutingSummary all = RoutingSummary.Of("all", judged);
        Assert.Equal(
            (4, 0.5, 0.25, 0.25, 0.25, 0.75),
            (all.Count, all.Routed, all.BestSingle, all.Generalist, all.Random, all.Oracle));
        Assert.Equal(2.0 / 3, all.OfOracle, 12);
    }

    [Fact]
    public void Judge_NoGeneralist_LeavesItOut() =>
        Assert.Null(RoutingSummary.Of("all", RoutingEvaluation.Judge(_router, "auto", Test, "abacus", null)).Generalist);

    [Fact]
    public void Judge_MissingOutcome_NamesIt()
    {
        var gap = Test.WithExpert("novice", new Dictionary<string, Outcome>());

        var problem = Assert.Throws<ArgumentException>(() => RoutingEvaluation.Judge(_router, "auto", gap, "abacus", null));

        Assert.Contains("'novice' has no outcome for 't1'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BestSingle_IsTheBestOfThoseAsked()
    {
        Assert.Equal("abacus", RoutingEvaluation.BestSingle(Profile, Profile.Experts.ToHashSet()));
        Assert.Equal("cipher", RoutingEvaluation.BestSingle(Profile, new HashSet<string> { "cipher", "novice" }));
    }

    [Fact]
    public void CalibrationError_Overconfidence_IsItsSize()
    {
        RoutedQuestion[] questions = [.. Enumerable.Range(0, 10).Select(i =>
            new RoutedQuestion($"{i}", "a", 0.95, i < 7 ? 1 : 0, 0, null, 0, 1))];

        Assert.Equal(0.25, RoutingSummary.CalibrationError(questions), 9);
    }

    static OutcomeTable Table(params (string Id, string Question, int[] Scores)[] rows) => new(
        "by hand", ["abacus", "cipher", "novice"],
        [.. rows.Select(row => new OutcomeRow(row.Id, row.Question, [], Scores(row.Scores)))]);

    static Outcome?[] Scores(int[] scores) => [.. scores.Select(score => (Outcome?)new Outcome(score, 1))];
}
