namespace Orchestrator.Client.Wire;

/// <summary>What an answer of several experts, or with documents, tells beside it.</summary>
sealed record PanelFacts(IReadOnlyList<PanelFact>? Panel, MergingFacts? Aggregation, ContextFacts? Context);

/// <param name="Content">Null where it failed.</param>
sealed record PanelFact(string Expert, string? Content, string? Error);

sealed record MergingFacts(IReadOnlyList<string>? Reasons);

/// <param name="Passages">That went with the question.</param>
/// <param name="Reason">Why they did or not.</param>
sealed record ContextFacts(IReadOnlyList<PassageFact>? Passages, string Reason);

sealed record PassageFact(string Id);
