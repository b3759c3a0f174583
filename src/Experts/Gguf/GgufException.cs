namespace Orchestrator.Experts.Gguf;

/// <summary>The file is not a GGUF that can be read, or it breaks a rule; the message is one sentence that says which.</summary>
sealed class GgufException(string message, Exception? inner = null) : Exception(message, inner);
