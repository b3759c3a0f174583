using Orchestrator.Experts.Memory;
using Orchestrator.Experts.Scheduling;

namespace Orchestrator.Experts;

/// <summary>All experts and the device at one moment.</summary>
/// <param name="Prefetched">Files read ahead since the start.</param>
public sealed record PoolSnapshot(
    IReadOnlyList<ExpertSnapshot> Experts, MemoryBudgets Budgets, MemoryBudgets Held, long Prefetched)
{
    internal static PoolSnapshot Of(PublishedState state, IReadOnlyList<ExpertSnapshot> experts) =>
        new(experts, state.Budgets, state.Held, state.Prefetched);
}

/// <summary>Whether everything that has work makes progress.</summary>
/// <param name="Reason">What does not, for a person; null when all is well.</param>
public sealed record PoolHealth(string? Reason)
{
    public bool Alive => Reason is null;
}
