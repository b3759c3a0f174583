using Microsoft.Extensions.Logging;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.LlamaCpp;

/// <summary>One loaded model and the loop that decodes all its requests together.</summary>
public sealed class BatchEngine : IAsyncDisposable
{
    BatchEngine()
    {
    }

    /// <summary>Bytes held by weights, KV cache and compute buffers.</summary>
    public long ResidentBytes { get; }

    /// <summary>Most tokens of prompt and answer together.</summary>
    public int ContextLength { get; }

    public BatchEngineSnapshot Snapshot => throw new NotSupportedException();

    /// <exception cref="ModelLoadException">The file cannot be loaded; the message says why.</exception>
    public static Task<BatchEngine> LoadAsync(
        LlamaRuntime runtime, string path, BatchEngineOptions options, ILoggerFactory loggers,
        IProgress<float>? progress = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Tokens of the request's prompt, template included.</summary>
    /// <exception cref="GenerationException">The request is invalid.</exception>
    public int CountPromptTokens(GenerationRequest request) => throw new NotSupportedException();

    /// <exception cref="GenerationException">The request cannot be answered or was interrupted; the kind says why.</exception>
    public IAsyncEnumerable<GenerationChunk> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
