using Orchestrator.Aggregator;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Host.Embedding;

/// <summary>What embedder and thoughts in memory leave to the experts.</summary>
static class EmbedderShare
{
    const string Embedder = "the model of router.embedder";

    /// <summary>
    /// Its bytes come off <c>memory.router_budget</c> where that is set, otherwise off <c>memory.budget</c>. A budget that is
    /// measured is measured with the embedder in memory.
    /// </summary>
    /// <exception cref="ConfigException">The budget is no larger than the embedder.</exception>
    public static OrchestratorConfig Without(this OrchestratorConfig config, long bytes)
    {
        var memory = config.Memory;
        return bytes == 0 ? config : config with
        {
            Memory = memory.RouterBudget > 0
                ? memory with { RouterBudget = Left("router_budget", memory.RouterBudget, bytes, Embedder) }
                : memory with { Budget = memory.Budget is { } budget ? Left("budget", budget, bytes, Embedder) : null },
        };
    }

    /// <summary>
    /// Where a policy mixes thoughts, their bytes come off <c>memory.budget</c>. A budget that is measured leaves a tenth of the
    /// free memory to all that is no expert.
    /// </summary>
    /// <exception cref="ConfigException">The budget is no larger than they are.</exception>
    public static OrchestratorConfig WithoutThoughts(this OrchestratorConfig config)
    {
        var memory = config.Memory;
        return memory.Budget is not { } budget || config.Policies.All(policy => AggregatorRegistry.Hears(policy.Aggregator))
            ? config
            : config with { Memory = memory with { Budget = Left("budget", budget, memory.Thoughts, "memory.thoughts") } };
    }

    static long Left(string key, long budget, long bytes, string user) => budget > bytes
        ? budget - bytes
        : throw new ConfigException([$"memory.{key} is {budget} bytes, but {user} takes {bytes} of them"]);
}
