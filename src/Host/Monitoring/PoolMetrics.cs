using Orchestrator.Experts;
using Orchestrator.Experts.Memory;
using Prometheus;

namespace Orchestrator.Host.Monitoring;

/// <summary>The metrics of the device and of all experts together.</summary>
static class PoolMetrics
{
    /// <summary>0 also while experts are being checked at start, when there is no pool.</summary>
    public static void FillHealth(MetricFactory make, PoolHealth? health) => make
        .CreateGauge("orchestrator_healthy", "1 while everything that has work makes progress; 0 at start and when something stands still.")
        .Set(health is { Alive: true } ? 1 : 0);

    public static void Fill(MetricFactory make, PoolSnapshot pool)
    {
        var budget = make.CreateGauge("orchestrator_memory_budget_bytes", "Bytes that loaded models may hold.", ["account"]);
        var held = make.CreateGauge("orchestrator_memory_held_bytes", "Bytes that loaded models hold or loads have reserved.", ["account"]);
        foreach (var account in Enum.GetValues<MemoryAccount>())
        {
            var name = account.ToString().ToLowerInvariant();
            budget.WithLabels(name).Set(pool.Budgets.Of(account));
            held.WithLabels(name).Set(pool.Held.Of(account));
        }

        make.CreateCounter("orchestrator_prefetched_files_total", "Model files read ahead of their load.").IncTo(pool.Prefetched);
        ExpertMetrics.Fill(make, pool.Experts);
    }
}
