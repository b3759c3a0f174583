using Microsoft.Extensions.Logging;

namespace Orchestrator.LlamaCpp;

/// <summary>Loads a file fully and decodes one token. A hostile file can end the process: call it in a child.</summary>
public static class ModelTrial
{
    /// <exception cref="ModelLoadException">The model cannot be loaded or does not compute numbers.</exception>
    public static void Run(LlamaRuntime runtime, string path, BatchEngineOptions options, ILoggerFactory loggers) =>
        throw new NotSupportedException();
}
