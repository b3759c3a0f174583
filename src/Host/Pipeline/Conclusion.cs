using Orchestrator.Experts.Panels;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Retrieval.Answers;

namespace Orchestrator.Host.Pipeline;

/// <summary>What is known once an answer was read to its end.</summary>
/// <param name="Panel">
/// What was said beside the message: the rest of the panel where its first speaks, all of it where its answers were merged.
/// Where a member speaks for the primary, the primary is here, with its failure, and that member is not.
/// </param>
/// <param name="Calls">Every call that was made for the request and ended.</param>
sealed record Conclusion(IReadOnlyList<PanelAnswer> Panel, Merging? Merging, IReadOnlyList<ExpertUsage> Calls)
{
    /// <summary>What was found for the question; null where nothing was looked for.</summary>
    public AnswerContext? Context { get; init; }

    /// <summary>Of all calls together.</summary>
    public TokenUsage Usage => new(Calls.Sum(call => call.Usage.PromptTokens), Calls.Sum(call => call.Usage.CompletionTokens));
}

/// <summary>Tokens of an expert's calls.</summary>
sealed record ExpertUsage(string Expert, TokenUsage Usage)
{
    public int Calls { get; init; } = 1;
}
