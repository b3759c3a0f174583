using Orchestrator.Experts.Embedding;
using Orchestrator.Experts.Loading;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Experts.Local;

/// <summary>A model that was loaded to embed.</summary>
sealed class EmbeddingModel(EmbeddingEngine engine) : IResidentModel
{
    public long ResidentBytes => engine.ResidentBytes;

    public long WeightBytes => engine.WeightBytes;

    public ModelActivity Activity => new(engine.Progress, engine.IsStepping, engine.Tokens, GeneratedTokens: 0);

    public IAsyncEnumerable<GenerationChunk> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken) =>
        throw new GenerationException(GenerationFailure.InvalidRequest, "This model is loaded to embed and does not answer.");

    public async Task<EmbeddedTexts> EmbedAsync(EmbeddingCall request, CancellationToken cancellationToken)
    {
        var embedded = await engine.EmbedAsync(request.Texts, request.CutLongTexts, cancellationToken);
        return new EmbeddedTexts(embedded.Vectors, embedded.Tokens.Sum());
    }

    public void Abandon(string reason) => engine.Abandon(reason);

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
