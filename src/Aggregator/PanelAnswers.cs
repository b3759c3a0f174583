using Orchestrator.Experts;
using Orchestrator.Experts.Panels;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Aggregator;

/// <summary>What an aggregator merges.</summary>
/// <param name="Request">What the panel was asked; the messages, the token limit and the stop strings hold for the merged answer too.</param>
/// <param name="Answers">In the panel's order, the primary's first; at least one. An expert drawn twice is there twice.</param>
public sealed record PanelAnswers(GenerationRequest Request, IReadOnlyList<WeighedAnswer> Answers)
{
    public RequestClass Class { get; init; } = RequestClass.Interactive;
}

/// <summary>One member's answer, or its failure, and how much it counts.</summary>
/// <param name="Weight">Above 0: the score that the route plan expects of its expert; equal where nothing is known.</param>
public sealed record WeighedAnswer(PanelAnswer Answer, double Weight);
