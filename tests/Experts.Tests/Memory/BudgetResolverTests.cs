using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Tests.Memory;

public sealed class BudgetResolverTests
{
    [Fact]
    public void Resolve_Auto_IsNineTenthsOfWhatIsFree() =>
        Assert.Equal(new MemoryBudgets(900, 0, 0), BudgetResolver.Resolve(new MemoryConfig(), new Machine(1000), gpuFree: null));

    [Fact]
    public void Resolve_AutoWithGpu_IsNineTenthsOfEach() =>
        Assert.Equal(new MemoryBudgets(900, 1800, 0), BudgetResolver.Resolve(new MemoryConfig(), new Machine(1000), gpuFree: 2000));

    [Fact]
    public void Resolve_AutoWithRouterShare_LeavesTheRestToExperts() => Assert.Equal(
        new MemoryBudgets(700, 0, 200), BudgetResolver.Resolve(new MemoryConfig { RouterBudget = 200 }, new Machine(1000), null));

    [Fact]
    public void Resolve_AutoWithRouterShareBeyondAll_LeavesNothingToExperts() => Assert.Equal(
        new MemoryBudgets(0, 0, 5000), BudgetResolver.Resolve(new MemoryConfig { RouterBudget = 5000 }, new Machine(1000), null));

    [Fact]
    public void Resolve_Explicit_IsTakenAsItStandsBesideTheRouterShare() => Assert.Equal(
        new MemoryBudgets(4000, 3000, 200),
        BudgetResolver.Resolve(new MemoryConfig { Budget = 4000, GpuBudget = 3000, RouterBudget = 200 }, new Machine(null), 7));

    [Fact]
    public void Resolve_ExplicitGpuBudgetWithoutAGpuThatTellsItsMemory_IsTakenAsItStands() => Assert.Equal(
        new MemoryBudgets(900, 3000, 0), BudgetResolver.Resolve(new MemoryConfig { GpuBudget = 3000 }, new Machine(1000), null));

    /// <summary>What experts hold is not free, but theirs.</summary>
    [Fact]
    public void Resolve_AutoWhileExpertsAreLoaded_CountsWhatTheyHold() => Assert.Equal(
        new MemoryBudgets(850, 1800, 50),
        BudgetResolver.Resolve(new MemoryConfig { RouterBudget = 50 }, new Machine(600), 1500, new MemoryBudgets(370, 500, 30)));

    [Fact]
    public void Resolve_AutoOnASystemThatDoesNotTell_SaysWhatToDo()
    {
        var error = Assert.Throws<ConfigException>(() => BudgetResolver.Resolve(new MemoryConfig(), new Machine(null), null));
        Assert.Contains("give a size", Assert.Single(error.Errors), StringComparison.Ordinal);
    }

    sealed class Machine(long? available) : ISystemMemory
    {
        public long? Available() => available;
    }
}
