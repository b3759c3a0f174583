using Orchestrator.Experts.Configuration;

namespace Orchestrator.Host.Embedding;

/// <summary>What an embedder in memory leaves to the experts.</summary>
static class EmbedderShare
{
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
                ? memory with { RouterBudget = Left("router_budget", memory.RouterBudget, bytes) }
                : memory with { Budget = memory.Budget is { } budget ? Left("budget", budget, bytes) : null },
        };
    }

    static long Left(string key, long budget, long bytes) => budget > bytes
        ? budget - bytes
        : throw new ConfigException([$"memory.{key} is {budget} bytes, but the model of router.embedder takes {bytes} of them"]);
}
