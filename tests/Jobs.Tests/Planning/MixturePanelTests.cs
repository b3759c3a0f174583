using Orchestrator.Aggregator.MixtureOfThoughts;
using Orchestrator.Aggregator.MixtureOfThoughts.Files;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Planning;
using Orchestrator.Router.Routing;
using Orchestrator.TestKit;

namespace Orchestrator.Jobs.Tests.Planning;

public sealed class MixturePanelTests
{
    static readonly string[] All = ["arith", "price", "roman", "cipher"];

    static readonly PolicyConfig Policy =
        new("thoughts", "nearest", new Dictionary<string, string>(), 1) { Aggregator = "mixture-of-thoughts" };

    static readonly RoutePlan Plan = new()
    {
        Policy = "thoughts",
        Strategy = "nearest",
        Ranked = [new RankedExpert("cipher", 0.9, 5), new RankedExpert("arith", 0.4, 5)],
        Panel = ["cipher"],
        Confidence = 0.9,
        SupportDistance = 0.2,
        Reasons = ["cipher was right about such questions."],
    };

    [Fact]
    public void Recruit_RouterWantsAMixture_ItsMembersAreThePanel()
    {
        RoutePlan plan = MixturePanel.Recruit(Plan, Policy, Speaking(arith: 9, none: 0), "?", All);

        Assert.Equal(["arith", "price"], plan.Panel);
        Assert.Equal(["arith", "price", "cipher"], plan.Ranked.Select(ranked => ranked.Expert));
        Assert.Equal("mixture-of-thoughts", plan.Aggregator);
        Assert.InRange(plan.Confidence!.Value, 0.99, 1);
        Assert.StartsWith("'arith' speaks", plan.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Recruit_RouterSeesNoNeed_TheStrategyDecides()
    {
        RoutePlan plan = MixturePanel.Recruit(Plan, Policy, Speaking(arith: 0, none: 9), "?", All);

        Assert.Equal(["cipher"], plan.Panel);
        Assert.Equal(("first", 0.9), (plan.Aggregator, plan.Confidence));
        Assert.StartsWith("No thoughts are mixed", plan.Reasons[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Recruit_ExpertThatTheLayersDoNotFit_IsNotMixed()
    {
        Mixture mixture = Speaking(arith: 9, none: 0);

        RoutePlan plan = MixturePanel.Recruit(Plan, Policy, mixture with { Fits = id => id == "price" }, "?", All);

        Assert.Equal(["cipher"], plan.Panel);
    }

    [Fact]
    public void Recruit_PolicyThatMergesWords_IsLeftAlone() =>
        Assert.Same(Plan, MixturePanel.Recruit(Plan, Policy with { Aggregator = "vote" }, Speaking(arith: 9, none: 0), "?", All));

    static Mixture Speaking(float arith, float none)
    {
        using var folder = new TemporaryFolder();
        var file = new TinyMixture { TopPeers = 1, Router = ([arith, 0, 0, none], [0, 5, 1]) }.ToGguf().Save(folder.Path, "mixture.gguf");
        return new Mixture(MixtureFile.Read(file), _ => true, new ThoughtBudget(1 << 20));
    }
}
