namespace Orchestrator.LlamaCpp;

/// <summary>A model file was refused; the message says which and why, as far as llama.cpp tells.</summary>
public sealed class ModelLoadException(string path, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Path { get; } = path;
}
