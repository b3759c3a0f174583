using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts.Memory;

/// <summary>Bytes that each account may hold: as configured, else nine tenths of what is free at this moment.</summary>
public static class BudgetResolver
{
    /// <summary>The rest is for everybody else, and for what grows while requests run.</summary>
    const double UsedShare = 0.9;

    /// <param name="gpuFree">Free bytes of the GPU; null without one.</param>
    /// <param name="held">Bytes that experts hold already, where budgets are resolved anew while they are loaded.</param>
    /// <exception cref="ConfigException">Nothing is configured and nothing can be measured.</exception>
    public static MemoryBudgets Resolve(MemoryConfig config, ISystemMemory memory, long? gpuFree, MemoryBudgets held = default)
    {
        var cpu = config.Budget ?? (long)(UsedShare * (Measured(memory) + held.Cpu + held.Router)) - config.RouterBudget;
        var gpu = config.GpuBudget ?? (gpuFree is { } free ? (long)(UsedShare * (free + held.Gpu)) : 0);
        return new MemoryBudgets(Math.Max(0, cpu), gpu, config.RouterBudget);
    }

    static long Measured(ISystemMemory memory) => memory.Available()
        ?? throw new ConfigException(["memory.budget is auto, but this system does not tell its free memory: give a size such as 8GiB"]);
}
