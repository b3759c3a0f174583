namespace Orchestrator.Router.Embedding;

/// <summary>A file is not a fitted embedder, or not all of one.</summary>
public sealed class EmbedderFileException(string path, string problem)
    : Exception($"'{path}' cannot be used as a fitted embedder: {problem}. Delete it to have it fitted again.")
{
    public string Path { get; } = path;
}
