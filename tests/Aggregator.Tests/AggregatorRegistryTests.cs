using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Aggregator.Tests;

public sealed class AggregatorRegistryTests
{
    static readonly FakeExpert Judge = new("judge", _ => "Answer: 7");
    static readonly FakeExpert Task = new("task", _ => "Answer: 8");
    static readonly AggregatorParts Parts = new(id => id == "judge" ? Judge : Task, _ => ExpertPurpose.Answer, "task");

    [Fact]
    public void Create_EveryName_IsAnAggregatorOfThatName()
    {
        Assert.Equal(["first", "majority", "mixture-of-thoughts", "synthesis", "synthesis-always", "vote"], AggregatorRegistry.Names);
        Assert.All(AggregatorRegistry.Names, name => Assert.Equal(name, AggregatorRegistry.Create(name, Parts).Name));
    }

    [Theory]
    [InlineData("vote", "a")]
    [InlineData("majority", "b")]
    public async Task Create_Votes_CountAsTheirNamesSay(string name, string expert)
    {
        PanelAnswers panel = Panels.Of("a 0.9 Answer: 7", "b 0.4 Answer: 8", "c 0.3 Answer: 8");

        Assert.Equal(expert, (await AggregatorRegistry.Create(name, Parts).MergeAsync(panel, default)).Expert);
    }

    [Theory]
    [InlineData("synthesis", "b")]
    [InlineData("synthesis-always", "task")]
    public async Task Create_Syntheses_AskAsTheirNamesSay(string name, string expert)
    {
        PanelAnswers agreed = Panels.Of("a 0.6 Answer: 7", "b 0.7 Answer: 7");

        Assert.Equal(expert, (await AggregatorRegistry.Create(name, Parts).MergeAsync(agreed, default)).Expert);
    }

    [Fact]
    public async Task Create_PolicyNamesAnExpert_ItGoesBeforeTheTasks()
    {
        PanelAnswers split = Panels.Of("a 0.6 Answer: 7", "b 0.7 Answer: 8");

        Assert.Equal("judge", (await AggregatorRegistry.Create("synthesis", Parts, "judge").MergeAsync(split, default)).Expert);
        Assert.Equal("task", (await AggregatorRegistry.Create("synthesis", Parts).MergeAsync(split, default)).Expert);
    }

    [Fact]
    public void Create_UnknownName_ListsThoseThereAre()
    {
        var problem = Assert.Throws<ArgumentException>(() => AggregatorRegistry.Create("votes", Parts));

        Assert.Contains("first, majority, mixture-of-thoughts, synthesis, synthesis-always, vote. ", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'vote'?", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_Policies_EveryProblemIsNamed()
    {
        PolicyConfig[] policies =
        [
            Policy("fine") with { Aggregator = "synthesis", AggregatorExpert = "judge" },
            Policy("typo") with { Aggregator = "sinthesis" },
            Policy("useless") with { Aggregator = "vote", AggregatorExpert = "judge" },
        ];

        IReadOnlyList<string> problems = AggregatorRegistry.Check(policies);

        Assert.Equal(2, problems.Count);
        Assert.Contains("Policy 'typo' (line 9): no aggregator is called 'sinthesis'", problems[0], StringComparison.Ordinal);
        Assert.Contains("Policy 'useless' (line 9): aggregator_expert is 'judge'", problems[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Check_MixtureWithAPanelOfItsOwn_IsToldThatTheLayersChoose()
    {
        PolicyConfig mixture = Policy("mot") with { Aggregator = "mixture-of-thoughts" };

        IReadOnlyList<string> problems = AggregatorRegistry.Check(
            [mixture, mixture with { Panel = 3 }, mixture with { Abstain = AbstainTo.Panel }, mixture with { Abstain = AbstainTo.Generalist }]);

        Assert.Equal(
            [
                "Policy 'mot' (line 9): panel is 3, but with the aggregator 'mixture-of-thoughts' the layers of router.mixture choose who is asked; leave panel out.",
                "Policy 'mot' (line 9): abstain is 'panel', but with the aggregator 'mixture-of-thoughts' the layers of router.mixture choose who is asked; allowed are none and generalist.",
            ],
            problems);
    }

    static PolicyConfig Policy(string name) => new(name, "ridge", new Dictionary<string, string>(), 9);
}
