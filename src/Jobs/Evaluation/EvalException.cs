namespace Orchestrator.Jobs.Evaluation;

/// <summary>An evaluation or a comparison that was asked for cannot be made; the message says what would have to be different.</summary>
public sealed class EvalException(string message) : Exception(message);
