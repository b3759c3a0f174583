using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Embedding;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Experts.Loading;

/// <summary>The seam to native code: what it takes to get a model onto the device.</summary>
public interface IModelLoader
{
    /// <summary>Loads the expert's file. Any exception but cancellation is the reason why it cannot be loaded now.</summary>
    /// <param name="progress">Share of the file read, 0 to 1.</param>
    Task<IResidentModel> LoadAsync(ExpertConfig expert, IProgress<float> progress, CancellationToken cancellationToken);
}

/// <summary>A loaded model. Disposing ends what still runs on it and gives its memory back.</summary>
public interface IResidentModel : IAsyncDisposable
{
    /// <summary>Bytes of weights, KV, compute buffers and adapter.</summary>
    long ResidentBytes { get; }

    /// <summary>The part of them that all models of the same file share.</summary>
    long WeightBytes { get; }

    ModelActivity Activity { get; }

    IAsyncEnumerable<GenerationChunk> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken);

    /// <summary>One unit vector a text; the texts have their prefix.</summary>
    /// <exception cref="GenerationException">It cannot embed these texts, or is made to answer.</exception>
    Task<EmbeddedTexts> EmbedAsync(EmbeddingCall request, CancellationToken cancellationToken) => throw new GenerationException(
        GenerationFailure.InvalidRequest, "This model is loaded to answer and does not embed.");

    /// <summary>Fails all that runs and waits on it, at once, because it makes no progress.</summary>
    void Abandon(string reason);
}

/// <summary>What a model does. While it is busy, <paramref name="Progress"/> grows or the model is stuck.</summary>
public readonly record struct ModelActivity(long Progress, bool Busy, long PromptTokens, long GeneratedTokens);
