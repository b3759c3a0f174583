using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Embedding;

namespace Orchestrator.Host.Tests.Embedding;

public sealed class EmbedderShareTests
{
    [Theory]
    [InlineData(100L, 0L, 70L, 0L)]
    [InlineData(100L, 50L, 100L, 20L)]
    [InlineData(null, 0L, null, 0L)]
    public void Without_Bytes_ComeOffTheRoutersShareOrElseTheBudget(long? budget, long router, long? budgetLeft, long routerLeft)
    {
        var left = With(budget, router).Without(30).Memory;

        Assert.Equal((budgetLeft, routerLeft), (left.Budget, left.RouterBudget));
    }

    [Theory]
    [InlineData(30L, 0L, "memory.budget is 30 bytes")]
    [InlineData(100L, 30L, "memory.router_budget is 30 bytes")]
    public void Without_NothingLeft_NamesTheBudget(long budget, long router, string expected) => Assert.Contains(
        expected, Assert.Throws<ConfigException>(() => With(budget, router).Without(30)).Message, StringComparison.Ordinal);

    static OrchestratorConfig With(long? budget, long router) =>
        new() { Path = "", Experts = [], Memory = new MemoryConfig { Budget = budget, RouterBudget = router } };
}
