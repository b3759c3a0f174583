namespace Orchestrator.Jobs.Retrieval;

/// <summary>A measurement of retrieval that cannot be made; the message says what would have to be different.</summary>
public sealed class RetrievalException(string message) : Exception(message);
