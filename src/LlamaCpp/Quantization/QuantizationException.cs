namespace Orchestrator.LlamaCpp.Quantization;

/// <summary>A file was not quantised; the message says which and why.</summary>
public sealed class QuantizationException(string message, Exception? inner = null) : Exception(message, inner);
