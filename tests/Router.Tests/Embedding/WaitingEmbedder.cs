using Orchestrator.Router.Embedding;

namespace Orchestrator.Router.Tests.Embedding;

/// <summary>Hashes, but never at once, as a model does; counts what it is asked.</summary>
sealed class WaitingEmbedder(IReadOnlyCollection<string> questions) : IEmbedder
{
    readonly HashedEmbedder _inner = HashedEmbedder.Fit(questions);

    public List<string> Asked { get; } = [];

    /// <summary>What is asked ends no sooner than this; null is a moment later, which a busy machine may not tell from at once.</summary>
    public Task? Until { get; set; }

    public string Id => _inner.Id;

    public int Dimensions => _inner.Dimensions;

    public async ValueTask<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        await (Until ?? Task.CompletedTask);
        Asked.AddRange(texts);
        return await _inner.EmbedAsync(texts, cancellationToken);
    }
}
