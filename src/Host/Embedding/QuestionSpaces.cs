using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Embedding;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Host.Embedding;

/// <summary>Makes the spaces that <c>router.embedder</c> asks for, and has its model while it lives. One caller at a time.</summary>
/// <param name="runtime">Null where the embedder is no file.</param>
sealed class QuestionSpaces(RouterConfig router, LlamaRuntime? runtime, ILogger<QuestionSpaces> logger) : IAsyncDisposable
{
    readonly EmbeddingCache _cache = new(CacheFolder.Of(router), logger);
    EngineEmbedder? _engine;

    /// <summary>Bytes of memory that the model holds; 0 before it is loaded, and without one.</summary>
    public long ResidentBytes => _engine?.ResidentBytes ?? 0;

    /// <summary>For questions like these.</summary>
    /// <exception cref="ConfigException">The file is missing, broken, or cannot embed; the message says why.</exception>
    public async Task<QuestionSpace> OfAsync(IReadOnlyList<string> questions, CancellationToken cancellationToken)
    {
        if (router.Embedder.File is { } file)
        {
            _engine ??= await LoadAsync(file, cancellationToken);
            var known = await _cache.VectorsAsync(_engine, questions, cancellationToken);
            return QuestionSpace.Of(new CachedEmbedder(new KnownEmbedder(_engine, known)), questions);
        }

        return QuestionSpace.Of(
            new CachedEmbedder(router.Embedder.Kind == EmbedderKind.Hashed ? HashedEmbedder.Fit(questions) : _cache.Lsa(questions)), questions);
    }

    /// <summary>What makes the spaces of parts of the questions; null is an LSA of the part's own.</summary>
    /// <param name="whole">Of all of them.</param>
    public Func<IReadOnlyList<string>, QuestionSpace>? PartsOf(QuestionSpace whole) => router.Embedder switch
    {
        { File: not null } => part => QuestionSpace.Of(whole.Embedder, part),
        { Kind: EmbedderKind.Hashed } => part => QuestionSpace.Hashed(part),
        _ => null,
    };

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null) await _engine.DisposeAsync();
        _engine = null;
    }

    async Task<EngineEmbedder> LoadAsync(string file, CancellationToken cancellationToken)
    {
        if (CatalogFacts.Refusal(file) is { } refusal) throw Unusable(file, refusal);
        var config = router.Embedder;
        var options = new EmbeddingEngineOptions { Pooling = config.Pooling, ContextLength = config.Context, Threads = config.Threads };
        EngineEmbedder? engine = null;
        try
        {
            engine = await EngineEmbedder.LoadAsync(
                runtime ?? throw new InvalidOperationException("An embedder of a file needs the runtime."), file, options, cancellationToken);
            // What gives no numbers is told at start, not by the first request.
            await engine.EmbedAsync(["What is 2 + 2?"], cancellationToken);
        }
        catch (Exception wrong) when (wrong is ModelLoadException or GenerationException)
        {
            if (engine is not null) await engine.DisposeAsync();
            throw Unusable(file, wrong.Message);
        }

        Log.Loaded(logger, file, engine.Dimensions, engine.ResidentBytes);
        return engine;
    }

    static ConfigException Unusable(string file, string why) => new([$"router.embedder.file '{file}' cannot be used: {why}"]);
}
