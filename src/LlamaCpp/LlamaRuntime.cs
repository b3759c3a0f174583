using Microsoft.Extensions.Logging;

namespace Orchestrator.LlamaCpp;

public sealed class LlamaRuntime : IDisposable
{
    LlamaRuntime()
    {
    }

    public static LlamaRuntime Start(LlamaRuntimeOptions options, ILoggerFactory loggers) => throw new NotSupportedException();

    public string Version { get; } = "";

    public ThreadBudget Threads { get; } = new(1);

    public void Dispose()
    {
    }
}
