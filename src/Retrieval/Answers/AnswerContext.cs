using Orchestrator.Router.Gating;
using Orchestrator.Router.Routing;

namespace Orchestrator.Retrieval.Answers;

/// <summary>What was found for a question, and whether it goes with it.</summary>
/// <param name="Collection">Where it was looked for.</param>
/// <param name="Passages">The best first; empty where none go with the question.</param>
/// <param name="Reason">Why they do or do not, in a sentence.</param>
public sealed record AnswerContext(string Collection, IReadOnlyList<Passage> Passages, string Reason)
{
    /// <summary>What the decision rests on; null where nothing was decided.</summary>
    public GateFeatures? Features { get; init; }

    /// <summary>That passages turn a wrong answer into a right one; null without a gate.</summary>
    public double? Probability { get; init; }

    /// <summary>Who embedded the question; null where nothing was looked for.</summary>
    public string? Expert { get; init; }

    /// <summary>The plan of a question that goes with these passages.</summary>
    /// <param name="reader">Answers it alone; null is the plan's own panel.</param>
    public RoutePlan Apply(RoutePlan plan, string? reader)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (Passages.Count == 0 || reader is null)
            return plan with { Reasons = [.. plan.Reasons, Reason] };
        return plan with
        {
            Ranked = [new RankedExpert(reader, 1, 0)],
            Panel = [reader],
            Aggregator = RoutePlan.First,
            AggregatorExpert = null,
            // Nothing was profiled of answers with passages.
            Confidence = null,
            Coverage = null,
            Reasons = [Reason, $"'{reader}' reads them.", .. plan.Reasons],
        };
    }
}
