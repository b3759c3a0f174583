using Orchestrator.Aggregator;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Jobs.Planning;

/// <summary>Which calls a panel takes, and which call answers each of its places.</summary>
static class PanelCalls
{
    /// <summary>Whether the panel is asked before anything is merged.</summary>
    public static bool IsHeard(PlanFacts plan) => plan.Panel.Count == 1 || AggregatorRegistry.Hears(plan.Aggregator);

    /// <summary>
    /// For each place of the panel the expert and which of its samples. Repeated places of a greedy expert are one call: it
    /// would only say the same again. None where the aggregator asks the panel itself.
    /// </summary>
    public static IReadOnlyList<(string Expert, int Sample)> Places(PlanFacts plan)
    {
        if (!IsHeard(plan)) return [];
        var asked = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. plan.Panel.Select(expert =>
        {
            int sample = plan.Greedy ? 0 : asked.GetValueOrDefault(expert);
            asked[expert] = sample + 1;
            return (expert, sample);
        })];
    }
}
