using Orchestrator.Aggregator.MixtureOfThoughts;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Host.Composition;

/// <summary>What all that stays in memory beside the experts leaves to them.</summary>
static class ExpertsShare
{
    /// <summary>
    /// A budget that is measured is left as it is: embedder and layers are in memory by then, and a tenth of what is free stays
    /// for thoughts.
    /// </summary>
    /// <param name="embedder">Bytes of the router's embedder; they come off <c>memory.router_budget</c> where that is set.</param>
    /// <param name="mixture">Its layers, and the thoughts of all requests, come off <c>memory.budget</c>; null without one.</param>
    /// <exception cref="ConfigException">A budget is no larger than what comes off it.</exception>
    public static OrchestratorConfig LeftForExperts(this OrchestratorConfig config, long embedder, Mixture? mixture)
    {
        var memory = config.Memory;
        if (embedder > 0)
        {
            const string Embedder = "the model of router.embedder";
            memory = memory.RouterBudget > 0
                ? memory with { RouterBudget = Left("router_budget", memory.RouterBudget, embedder, Embedder) }
                : memory with { Budget = Left("budget", memory.Budget, embedder, Embedder) };
        }

        if (mixture is not null)
        {
            memory = memory with { Budget = Left("budget", memory.Budget, mixture.Layers.Bytes, "the file of router.mixture") };
            memory = memory with { Budget = Left("budget", memory.Budget, memory.Thoughts, "memory.thoughts") };
        }

        return config with { Memory = memory };
    }

    static long? Left(string key, long? budget, long bytes, string user) => budget is { } measured ? Left(key, measured, bytes, user) : null;

    static long Left(string key, long budget, long bytes, string user) => budget > bytes
        ? budget - bytes
        : throw new ConfigException([$"memory.{key} has {budget} bytes left, but {user} takes {bytes}"]);
}
