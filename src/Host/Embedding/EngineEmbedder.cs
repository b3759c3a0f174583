using System.Security.Cryptography;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Embedding;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Host.Embedding;

/// <summary>
/// The embeddings of a GGUF model for the router, which knows no engine. Of a text that is too long, the beginning counts.
/// </summary>
sealed class EngineEmbedder : IEmbedder, IAsyncDisposable
{
    /// <summary>In hexadecimal digits.</summary>
    const int HashLength = 12;

    readonly EmbeddingEngine _engine;

    EngineEmbedder(EmbeddingEngine engine, string file)
    {
        _engine = engine;
        Id = $"gguf-{engine.Dimensions}-{engine.Pooling}-{engine.ContextLength}-{file}".ToLowerInvariant();
    }

    /// <summary>The file's content counts, not its name.</summary>
    public string Id { get; }

    public int Dimensions => _engine.Dimensions;

    public long ResidentBytes => _engine.ResidentBytes;

    /// <exception cref="ModelLoadException">The file cannot be loaded; the message says why.</exception>
    public static async Task<EngineEmbedder> LoadAsync(
        LlamaRuntime runtime, string path, EmbeddingEngineOptions options, CancellationToken cancellationToken = default)
    {
        EmbeddingEngine engine = await EmbeddingEngine.LoadAsync(runtime, path, options, cancellationToken: cancellationToken);
        try
        {
            await using FileStream file = File.OpenRead(path);
            byte[] hash = await SHA256.HashDataAsync(file, cancellationToken);
            return new EngineEmbedder(engine, Convert.ToHexStringLower(hash)[..HashLength]);
        }
        catch (Exception)
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    public async ValueTask<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
        (await _engine.EmbedAsync(texts, cutLongTexts: true, cancellationToken)).Vectors;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
