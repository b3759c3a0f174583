namespace Orchestrator.LlamaCpp;

/// <summary>The llama.cpp libraries are missing, of another version or cannot be loaded; the message says what to do.</summary>
public sealed class LlamaRuntimeException(string message, Exception? inner = null) : Exception(message, inner);
