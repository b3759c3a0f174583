using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Loading;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Experts.Local;

/// <summary>Loads experts into llama.cpp in this process.</summary>
public sealed class LlamaModelLoader(LlamaRuntime runtime, ILoggerFactory loggers) : IModelLoader
{
    public async Task<IResidentModel> LoadAsync(ExpertConfig expert, CancellationToken cancellationToken) =>
        new LlamaResidentModel(await BatchEngine.LoadAsync(
            runtime, expert.File, Options(expert), loggers, cancellationToken: cancellationToken));

    /// <summary>What the expert leaves open is the engine's own default.</summary>
    internal static BatchEngineOptions Options(ExpertConfig expert)
    {
        var defaults = new BatchEngineOptions();
        return defaults with
        {
            ContextLength = expert.Context,
            MaxSequences = expert.MaxSequences,
            Threads = expert.Threads ?? defaults.Threads,
            GpuLayers = expert.GpuLayers ?? defaults.GpuLayers,
            ChatTemplate = expert.ChatTemplate,
            DefaultSampling = expert.Sampling,
        };
    }

    sealed class LlamaResidentModel(BatchEngine engine) : IResidentModel
    {
        public long ResidentBytes => engine.ResidentBytes;

        public IAsyncEnumerable<GenerationChunk> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken) =>
            engine.GenerateAsync(request, cancellationToken);

        public ValueTask DisposeAsync() => engine.DisposeAsync();
    }
}
