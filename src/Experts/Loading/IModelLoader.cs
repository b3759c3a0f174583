using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Experts.Loading;

/// <summary>The seam to native code: what it takes to get a model onto the device.</summary>
public interface IModelLoader
{
    /// <summary>Loads the expert's file. Any exception but cancellation is the reason why it cannot be loaded now.</summary>
    Task<IResidentModel> LoadAsync(ExpertConfig expert, CancellationToken cancellationToken);
}

/// <summary>A loaded model. Disposing ends what still runs on it and gives its memory back.</summary>
public interface IResidentModel : IAsyncDisposable
{
    /// <summary>Bytes of weights, KV and compute buffers.</summary>
    long ResidentBytes { get; }

    IAsyncEnumerable<GenerationChunk> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken);
}
