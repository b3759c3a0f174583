using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Routing.Automatic;
using Orchestrator.Router.Strategies;
using Orchestrator.Router.Tests.Strategies;

namespace Orchestrator.Router.Tests.Routing.Automatic;

public sealed class AutoPoliciesTests
{
    static readonly AutoChoice Choice = new()
    {
        Strategy = "nearest",
        Options = new Dictionary<string, string> { ["neighbours"] = "7" },
        HeldOut = 0.9,
        Table = OutcomeHash.Of(Profiles.Table),
    };

    [Fact]
    public void Resolve_Auto_IsTheChosenStrategyUnderItsOwnNameAndSaysSo()
    {
        var policies = AutoPolicies.Resolve([Policy("auto") with { Panel = 2 }], Choice, Profiles.Table);
        RoutePlan plan = new PolicyRouter(policies, Profiles.Table, Profiles.All).Route("p", "What is 34 + 71?", Profiles.All);

        Assert.Equal(("p", "nearest", 2), (plan.Policy, plan.Strategy, plan.Panel.Count));
        Assert.Contains("The strategy nearest (neighbours: 7) was chosen by 'orchestrator train auto' (0.900 on held-out questions).", plan.Reasons);
    }

    [Fact]
    public void Resolve_OtherOutcomes_IsUsedAndSaysSo()
    {
        PolicyConfig policy = AutoPolicies.Resolve([Policy("auto")], Choice with { Table = "other" }, Profiles.Table)[0];

        Assert.Equal("nearest", policy.Strategy);
        Assert.EndsWith(" The outcomes have changed since.", policy.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_StrategyThatCannotBeFitted_FallsBackAndSaysSo()
    {
        const int Many = KernelRidgeStrategy.MostQuestions + 1;
        OutcomeTable table = new("", ["x"], [.. Enumerable.Range(0, Many).Select(i => new OutcomeRow($"q{i}", "same", [], [new Outcome(1, null)]))]);

        PolicyConfig policy = AutoPolicies.Resolve([Policy("auto")], Choice with { Strategy = "kernel-ridge" }, table)[0];

        Assert.Equal("auto", policy.Strategy);
        Assert.Contains($"cannot be fitted to {Many} questions", policy.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_OtherStrategy_StaysAsItIs()
    {
        PolicyConfig other = Policy("ridge");

        Assert.Same(other, AutoPolicies.Resolve([other], Choice, Profiles.Table)[0]);
    }

    [Fact]
    public void Resolve_OptionsOfItsOwn_AreRefusedByTheRouter()
    {
        PolicyConfig written = Policy("auto") with { Options = new Dictionary<string, string> { ["neighbours"] = "3" } };

        var refused = Assert.Throws<RouterException>(() =>
            new PolicyRouter(AutoPolicies.Resolve([written], Choice, Profiles.Table), Profiles.Table, Profiles.All));

        Assert.Contains("no option 'neighbours'", refused.Message, StringComparison.Ordinal);
    }

    static PolicyConfig Policy(string strategy) => new("p", strategy, new Dictionary<string, string>(), 1);
}
