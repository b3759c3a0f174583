using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Feedback;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Tests.Strategies;

namespace Orchestrator.Router.Tests.Feedback;

/// <summary>What verdicts do to the plans of a whole router, whichever strategy a policy has.</summary>
public sealed class FeedbackRoutingTests
{
    const string Question = "What is 34 + 71?";

    static readonly PolicyRouter Router = new(
        [
            Policy("near", "nearest"), Policy("kernel", "kernel-ridge"), Policy("best", "best-single"), Policy("skills", "symbolic-moe"),
        ],
        Profiles.Table, Profiles.All);

    public static TheoryData<string> Learning => ["near", "kernel"];

    [Fact]
    public void Learning_Policies_AreThoseThatExpectScores() => Assert.Equal(["near", "kernel"], Router.Learning);

    [Theory]
    [MemberData(nameof(Learning))]
    public void With_ThousandWrongVerdictsOfOneClient_MovesNoScoreBeyondItsShare(string policy)
    {
        RoutePlan before = Plan(Router, policy);

        RoutePlan after = Plan(Router.With(Verdicts.Evidence(Lies("liar", 1000))), policy);

        Assert.Equal("abacus", after.Primary);
        foreach (RankedExpert expert in after.Ranked)
            Assert.InRange(Math.Abs(expert.Score - ScoreOf(before, expert.Expert)), 0, 0.1001);
    }

    [Fact]
    public void With_VerdictsOfOneClient_LowersWhoWasWrong()
    {
        RoutePlan after = Plan(Router.With(Verdicts.Evidence(Lies("client", 1000))), "near");

        Assert.InRange(ScoreOf(Plan(Router, "near"), "abacus") - ScoreOf(after, "abacus"), 0.05, 0.1001);
    }

    [Theory]
    [MemberData(nameof(Learning))]
    public void With_VerdictsOfManyClients_ChangesWhoAnswers(string policy)
    {
        IEnumerable<FeedbackRow> rows = Enumerable.Range(0, 30).SelectMany(client => Lies($"client {client}", 5));

        RoutePlan after = Plan(Router.With(Verdicts.Evidence(rows)), policy);

        Assert.Equal("cipher", after.Primary);
        Assert.Contains(after.Reasons, reason => reason.StartsWith("Feedback on similar questions", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Learning))]
    public void With_VerdictsOfManyClients_LeavesOtherQuestionsAlone(string policy)
    {
        IEnumerable<FeedbackRow> rows = Enumerable.Range(0, 30).SelectMany(client => Lies($"client {client}", 5));
        const string Other = "Reverse the word ZEBU.";

        RoutePlan after = Router.With(Verdicts.Evidence(rows)).Route(policy, Other, Profiles.All);

        RoutePlan before = Router.Route(policy, Other, Profiles.All);
        Assert.Equal("cipher", after.Primary);
        Assert.Equal(before.Ranked[0].Score, after.Ranked[0].Score, 2);
    }

    [Theory]
    [InlineData("near")]
    [InlineData("kernel")]
    [InlineData("best")]
    [InlineData("skills")]
    public void With_NoVerdictsAfterSome_IsTheProfiledRouterAgain(string policy)
    {
        PolicyRouter taught = Router.With(Verdicts.Evidence(Lies("liar", 20)));

        RoutePlan forgotten = Plan(taught.With(FeedbackEvidence.None), policy);

        Assert.Equivalent(Plan(Router, policy), forgotten, strict: true);
    }

    [Theory]
    [MemberData(nameof(Learning))]
    public void With_OneByOne_IsTheSameAsAllAtOnce(string policy)
    {
        FeedbackRow[] rows = [.. Lies("a", 10), .. Lies("b", 10), Verdicts.Of("a", Question, "novice", 1)];

        PolicyRouter grown = Enumerable.Range(1, rows.Length)
            .Aggregate(Router, (router, count) => router.With(Verdicts.Evidence(rows.Take(count))));

        Assert.Equivalent(Plan(Router.With(Verdicts.Evidence(rows)), policy), Plan(grown, policy), strict: true);
    }

    [Theory]
    [MemberData(nameof(Learning))]
    public void With_VerdictsOnUnknownExperts_ChangesNothing(string policy)
    {
        RoutePlan after = Plan(Router.With(Verdicts.Evidence([Verdicts.Of("a", Question, "stranger", 1)])), policy);

        Assert.Equivalent(Plan(Router, policy), after, strict: true);
    }

    [Fact]
    public void With_NothingProfiled_StillRoutes()
    {
        var empty = new PolicyRouter([Policy("near", "nearest")], OutcomeTable.Empty, Profiles.All);

        RoutePlan plan = empty.With(Verdicts.Evidence(Lies("a", 3))).Route("near", Question, Profiles.All);

        Assert.Equal("abacus", plan.Primary);
    }

    /// <summary>Abacus is said to be wrong and cipher right, on questions like the one that is asked.</summary>
    static IEnumerable<FeedbackRow> Lies(string client, int count) => Enumerable.Range(0, count).Select(i =>
        new FeedbackRow(
            $"{client} {i}", client, i % 2 == 0 ? Question : $"What is {34 + i % 60} + {71 - i % 50}?",
            new Dictionary<string, double> { ["abacus"] = 0, ["cipher"] = 1 }, Verdicts.Now));

    static RoutePlan Plan(PolicyRouter router, string policy) => router.Route(policy, Question, Profiles.All);

    static double ScoreOf(RoutePlan plan, string expert) => plan.Ranked.Single(ranked => ranked.Expert == expert).Score;

    static PolicyConfig Policy(string name, string strategy) => new(name, strategy, new Dictionary<string, string>(), 1);
}
