using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.Experts.Memory;
using Orchestrator.Experts.Scheduling;

namespace Orchestrator.Bench.Scheduling;

/// <summary>Experts of 50 to 500 MB, every tenth with a variant of half its size, every tenth sharing its neighbour's weights.</summary>
static class SchedulerFleet
{
    /// <summary>Limits that 100,000 queued requests do not meet.</summary>
    public static SchedulerConfig Options { get; } = new()
    {
        QueuePerExpert = 1_000_000,
        Queue = 10_000_000,
        BatchQueue = 10_000_000,
        ParallelLoads = 4,
    };

    public static SchedulerExpert[] Experts(int count, Random random)
    {
        var experts = new SchedulerExpert[count];
        var weights = new SharedWeights(0);
        for (var i = 0; i < count; i++)
        {
            if (i % 10 != 1)
                weights = new SharedWeights(random.NextInt64(45_000_000, 450_000_000));
            var own = Slot($"e{i}", null, weights, i % 3);
            experts[i] = new SchedulerExpert(i % 10 == 2
                ? [own, Slot($"e{i}", "small", new SharedWeights(weights.Bytes / 2), i % 3)]
                : [own]);
        }

        return experts;
    }

    /// <summary>Room for about one in twenty.</summary>
    public static MemoryBudgets Budgets(SchedulerExpert[] experts) =>
        new(experts.Sum(e => e.Slots[0].Bytes) / 20, 0, 0);

    static ExpertSlot Slot(string id, string? variant, SharedWeights weights, int priority)
    {
        var config = new ExpertConfig { Id = id, File = $"{id}{variant}.gguf", Priority = priority };
        var estimate = new MemoryEstimate(weights.Bytes, weights.Bytes / 10);
        return new ExpertSlot(0, new CatalogEntry(config, null, estimate, null) { Variant = variant }, weights);
    }
}
