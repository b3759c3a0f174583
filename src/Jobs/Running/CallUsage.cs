using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Running;

/// <summary>Tokens of one generation, and the expert that it was asked of.</summary>
public sealed record CallUsage(string Expert, TokenUsage Usage);
