using Orchestrator.Aggregator.MixtureOfThoughts;
using Orchestrator.Aggregator.MixtureOfThoughts.Files;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Composition;

public sealed class ExpertsShareTests
{
    static readonly Mixture Mixture = Tiny();

    [Theory]
    [InlineData(100L, 0L, 70L, 0L)]
    [InlineData(100L, 50L, 100L, 20L)]
    [InlineData(null, 0L, null, 0L)]
    public void LeftForExperts_Embedder_ComesOffTheRoutersShareOrElseTheBudget(long? budget, long router, long? budgetLeft, long routerLeft)
    {
        var left = With(budget, router).LeftForExperts(30, mixture: null).Memory;

        Assert.Equal((budgetLeft, routerLeft), (left.Budget, left.RouterBudget));
    }

    [Theory]
    [InlineData(30L, 0L, "memory.budget has 30 bytes left, but the model of router.embedder takes 30")]
    [InlineData(100L, 30L, "memory.router_budget has 30 bytes left")]
    public void LeftForExperts_NothingLeft_NamesTheBudget(long budget, long router, string expected) => Assert.Contains(
        expected, Assert.Throws<ConfigException>(() => With(budget, router).LeftForExperts(30, mixture: null)).Message, StringComparison.Ordinal);

    [Fact]
    public void LeftForExperts_Mixture_LayersAndThoughtsComeOffTheBudget() =>
        Assert.Equal(1000 - 30, With(Mixture.Layers.Bytes + 40 + 1000, 0).LeftForExperts(30, Mixture).Memory.Budget);

    [Fact]
    public void LeftForExperts_MixtureAndMeasuredBudget_StaysMeasured() =>
        Assert.Null(With(null, 0).LeftForExperts(30, Mixture).Memory.Budget);

    [Theory]
    [InlineData(0, "the file of router.mixture takes")]
    [InlineData(40, "memory.thoughts takes 40")]
    public void LeftForExperts_MixtureTakesAll_NamesWhatDoes(long more, string expected) => Assert.Contains(
        expected,
        Assert.Throws<ConfigException>(() => With(Mixture.Layers.Bytes + more, 0).LeftForExperts(0, Mixture)).Message,
        StringComparison.Ordinal);

    static OrchestratorConfig With(long? budget, long router) => new()
    {
        Path = "",
        Experts = [],
        Memory = new MemoryConfig { Budget = budget, RouterBudget = router, Thoughts = 40 },
    };

    static Mixture Tiny()
    {
        using var folder = new TemporaryFolder();
        return new Mixture(MixtureFile.Read(new TinyMixture().Save(folder.Path)), _ => true, new ThoughtBudget(40));
    }
}
