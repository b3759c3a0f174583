using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Skills.Tagging;
using Orchestrator.Router.Tests.Skills;
using Orchestrator.Router.Tests.Strategies;

namespace Orchestrator.Router.Tests.Routing;

public sealed class PolicyRouterTests
{
    /// <summary>Fits every strategy, so all tests share it.</summary>
    static readonly PolicyRouter Router = new(
        [.. PolicyRouter.Strategies.Select((strategy, i) => Policy($"by-{strategy}", strategy, i + 1))],
        Profiles.Table,
        Profiles.All);

    public static TheoryData<string> Policies => [.. PolicyRouter.Strategies.Select(strategy => $"by-{strategy}")];

    [Fact]
    public void Route_SkillsWithoutAProfiledExpert_RanksThemById()
    {
        var table = new OutcomeTable("test", ["gone"], [new OutcomeRow("1", "What is 1 + 1?", ["sums"], [new Outcome(1, 1)])]);
        var router = new PolicyRouter([Policy("p", "symbolic-moe")], table, new HashSet<string> { "b", "a" });

        RoutePlan plan = router.Route("p", "What is 2 + 2?", new HashSet<string> { "b", "a" });

        Assert.Equal("a", plan.Primary);
    }

    [Fact]
    public void Policies_AreInTheOrderOfTheConfiguration()
    {
        var router = new PolicyRouter([Policy("z", "nearest"), Policy("a", "random")], Profiles.Table, Profiles.All);

        Assert.Equal(["z", "a"], router.Policies);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Route_AnyStrategy_GivesAWholePlan(string policy)
    {
        RoutePlan plan = Router.Route(policy, "What is 34 + 71?", Profiles.All);

        Assert.Equal(policy, plan.Policy);
        Assert.Equal(policy, "by-" + plan.Strategy);
        Assert.Equal(Profiles.All, plan.Ranked.Select(expert => expert.Expert).ToHashSet());
        Assert.Equal([plan.Ranked[0].Expert], plan.Panel);
        Assert.InRange(plan.Confidence, 0, 1);
        Assert.InRange(plan.SupportDistance, 0, 1);
        Assert.Equal(plan.Ranked.Select(expert => expert.Score).OrderDescending(), plan.Ranked.Select(expert => expert.Score));
        Assert.All(plan.Reasons, reason => Assert.EndsWith(".", reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Route_PanelAndQualityWeight_AreThePolicys()
    {
        var router = new PolicyRouter([Policy("p", "nearest") with { Panel = 2, QualityWeight = 0 }], Profiles.Table, Profiles.All);
        string first = router.Route("p", "What is 34 + 71?", Profiles.All).Primary;
        RoutePlan plan = router.Route(
            "p", "What is 34 + 71?", Profiles.All, new Dictionary<string, TimeSpan> { [first] = TimeSpan.FromSeconds(9) });

        Assert.Equal(2, plan.Panel.Count);
        Assert.NotEqual(first, plan.Primary);
        Assert.Contains($"goes before {first}", plan.Reasons[0], StringComparison.Ordinal);
        Assert.Equal(Math.Clamp(plan.Ranked[0].Score, 0, 1), plan.Confidence);
    }

    /// <summary>Only alg and gen are more often right than wrong in algebra, so that three places are theirs alone.</summary>
    [Fact]
    public void Route_DrawnPanel_IsRankedByExpectationAndReorderedByWaits()
    {
        var router = new PolicyRouter(
            [Policy("p", "symbolic-moe") with { Panel = 3, QualityWeight = 0.5 }], SkillTables.Worked, SkillTables.All);
        RoutePlan ready = router.Route("p", "?", SkillTables.All, skills: ["algebra"]);
        RoutePlan waiting = router.Route(
            "p", "?", SkillTables.All, new Dictionary<string, TimeSpan> { ["alg"] = TimeSpan.FromSeconds(9) }, ["algebra"]);

        Assert.Equal(["alg", "gen"], ready.Panel);
        Assert.Equal(["gen", "alg"], waiting.Panel);
        Assert.Equal(["alg", "gen", "bad"], waiting.Ranked.Select(expert => expert.Expert));
        Assert.Equal((ready.Ranked[0].Score, ready.Ranked[1].Score), (ready.Confidence, waiting.Confidence));
        Assert.StartsWith("gen (", waiting.Reasons[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(0.5, true)]
    [InlineData(0, true)]
    public void New_QualityWeightOfADraw_IsRefused(double weight, bool refused)
    {
        PolicyConfig[] policies = [Policy("p", "random", 7) with { QualityWeight = weight }];

        Exception? wrong = Record.Exception(() => new PolicyRouter(policies, Profiles.Table, Profiles.All));

        Assert.Equal(refused, wrong is RouterException { Failure: RouterFailure.Configuration });
        if (refused)
            Assert.StartsWith("Policy 'p' (line 7), strategy 'random': quality_weight ", wrong!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Route_OddText_GivesAPlan(string policy)
    {
        foreach (string text in (string[])["", "\n\t", "\ud800", new string('A', 100_000), "日本語の質問"])
            Assert.Equal(3, Router.Route(policy, text, Profiles.All).Ranked.Count);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Route_ExpertWithoutColumn_IsRankedLastWithAReason(string policy)
    {
        RoutePlan plan = Router.Route(policy, "What is 34 + 71?", new HashSet<string> { "aaa", "novice", "Zed" });

        Assert.Equal(["novice", "Zed", "aaa"], plan.Ranked.Select(expert => expert.Expert));
        Assert.Contains("Ranked last, because nothing is known of them: Zed, aaa.", plan.Reasons);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Route_NobodyProfiled_TakesTheFirstIdWithoutConfidence(string policy)
    {
        RoutePlan plan = Router.Route(policy, "What is 34 + 71?", new HashSet<string> { "b", "a" });

        Assert.Equal("a", plan.Primary);
        Assert.Equal(0, plan.Confidence);
    }

    [Fact]
    public void Route_EmptyTable_StillRoutes()
    {
        var router = new PolicyRouter(
            [.. PolicyRouter.Strategies.Select(strategy => Policy(strategy, strategy))], OutcomeTable.Empty, Profiles.All);

        Assert.All(router.Policies, policy =>
        {
            RoutePlan plan = router.Route(policy, "What is 3 + 4?", Profiles.All);
            Assert.Equal("abacus", plan.Primary);
            Assert.Equal(1, plan.SupportDistance);
        });
    }

    [Fact]
    public void Route_ProfiledQuestion_HasNoDistance() =>
        Assert.Equal(0, Router.Route("by-nearest", Profiles.Table.Rows[4].Question, Profiles.All).SupportDistance, 5);

    /// <summary>Words that an LSA has never seen do not count in it; hashed ones do.</summary>
    [Fact]
    public void Route_NothingLikeIt_IsFar()
    {
        var router = new PolicyRouter(
            [Policy("p", "nearest")], Profiles.Table, Profiles.All, QuestionSpace.Hashed([.. Profiles.Table.Rows.Select(row => row.Question)]));

        Assert.InRange(router.Route("p", "Zwölf Boxkämpfer jagen Viktor quer", Profiles.All).SupportDistance, 0.5, 1);
    }

    [Fact]
    public void Route_UnknownPolicy_SuggestsOne()
    {
        var problem = Assert.Throws<RouterException>(() => Router.Route("by-nearst", "?", Profiles.All));

        Assert.Equal(RouterFailure.UnknownPolicy, problem.Failure);
        Assert.Equal("No policy is called 'by-nearst'; did you mean 'by-nearest'?", problem.Message);
    }

    [Fact]
    public void Route_NobodyAvailable_SaysSo()
    {
        var problem = Assert.Throws<RouterException>(() => Router.Route("by-nearest", "?", new HashSet<string>()));

        Assert.Equal(RouterFailure.NoExpert, problem.Failure);
    }

    [Fact]
    public void Constructor_SeveralBadPolicies_ReportsAll()
    {
        PolicyConfig[] policies =
        [
            Policy("a", "neerest", 3),
            new PolicyConfig("b", "nearest", new Dictionary<string, string> { ["neighbours"] = "0" }, 5),
            Policy("c", "random", 7),
            Policy("c", "random", 9),
        ];

        var problem = Assert.Throws<RouterException>(() => new PolicyRouter(policies, Profiles.Table, Profiles.All));

        Assert.Equal(RouterFailure.Configuration, problem.Failure);
        Assert.Equal(
            [
                "Policy 'a' (line 3): no strategy is called 'neerest'; did you mean 'nearest'?",
                "Policy 'b' (line 5), strategy 'nearest': option 'neighbours' is '0', but must be a whole number from 1 to 10000.",
                "Policy 'c' (line 9): a policy of that name came before.",
            ],
            problem.Message.Split('\n'));
    }

    static PolicyConfig Policy(string name, string strategy, int line = 1) =>
        new(name, strategy, new Dictionary<string, string>(), line);

    [Theory]
    [InlineData("auto", true)]
    [InlineData("tagger", true)]
    [InlineData("neighbours", false)]
    public void WantsTags_SymbolicMoe_IsByItsOption(string skills, bool wants) =>
        Assert.Equal(wants, Symbolic(new() { ["skills"] = skills }).WantsTags("p"));

    [Fact]
    public void WantsTags_OtherPolicies_DoNot()
    {
        Assert.False(Router.WantsTags("by-nearest"));
        Assert.False(Router.WantsTags("missing"));
    }

    [Fact]
    public void Route_Tagged_RecruitsByTheTaggersPhrases()
    {
        var tagged = new TaggedQuestion("scout", ["biology"], 5, new TokenUsage(1, 1));

        RoutePlan plan = Symbolic([]).Route("p", "?", SkillTables.All, tagged: tagged);

        Assert.Equal("gen", plan.Primary);
        Assert.Contains("Skills by the tagger scout (recurring in 5 answers): biology.", plan.Reasons);
    }

    [Fact]
    public void Route_Replacement_RepeatsExpertsAfterThePrimary()
    {
        PolicyRouter router = Symbolic(new() { ["replacement"] = "true" }, panel: 3);

        RoutePlan[] plans = [.. Enumerable.Range(0, 100).Select(i => router.Route("p", $"{i}", SkillTables.All, skills: ["algebra"]))];

        Assert.All(plans, plan => Assert.Equal(3, plan.Panel.Count));
        Assert.All(plans, plan => Assert.Equal(plan.Panel.Contains("alg") ? "alg" : "gen", plan.Primary));
        Assert.Contains(plans, plan => plan.Panel.SequenceEqual(["alg", "gen", "gen"]));
        Assert.Contains(plans, plan => plan.Panel.SequenceEqual(["gen", "gen", "gen"]));
    }

    [Fact]
    public void RouteAll_TrimByBatch_DropsTheRarelyDrawn()
    {
        PolicyRouter router = Symbolic(new() { ["trim_by"] = "batch", ["trim"] = "0.45", ["scores"] = "paper" });
        RouteQuestion[] questions = [.. Enumerable.Range(0, 100).Select(i => new RouteQuestion($"{i}") { Skills = ["algebra"] })];

        IReadOnlyList<RoutePlan> plans = router.RouteAll("p", questions, SkillTables.All);

        Assert.All(plans, plan => Assert.Equal("alg", plan.Primary));
        Assert.Contains(questions, question => router.Route("p", question.Text, SkillTables.All, skills: ["algebra"]).Primary == "gen");
    }

    [Fact]
    public void RouteAll_NoQuestions_IsNoPlans() => Assert.Empty(Router.RouteAll("by-nearest", [], Profiles.All));

    static PolicyRouter Symbolic(Dictionary<string, string> options, int panel = 1) =>
        new([new PolicyConfig("p", "symbolic-moe", options, 1) { Panel = panel }], SkillTables.Worked, SkillTables.All);
}
