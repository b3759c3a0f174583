namespace Orchestrator.Jobs.Aggregation;

/// <summary>The file with the choice of an aggregator cannot be used; the message says what is wrong.</summary>
public sealed class AggregationFileException(string message, Exception? inner = null) : Exception(message, inner);
