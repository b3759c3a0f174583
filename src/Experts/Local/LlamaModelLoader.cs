using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Loading;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Embedding;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Experts.Local;

/// <summary>Loads experts into llama.cpp in this process.</summary>
public sealed class LlamaModelLoader(LlamaRuntime runtime, ILoggerFactory loggers) : IModelLoader
{
    public async Task<IResidentModel> LoadAsync(ExpertConfig expert, IProgress<float> progress, CancellationToken cancellationToken) =>
        expert.Purpose == ExpertPurpose.Embed
            ? new EmbeddingModel(await EmbeddingEngine.LoadAsync(runtime, expert.File, EmbeddingOptions(expert), progress, cancellationToken))
            : new LlamaResidentModel(await BatchEngine.LoadAsync(runtime, expert.File, Options(expert), loggers, progress, cancellationToken));

    /// <summary>What the expert leaves open is the engine's own default.</summary>
    internal static BatchEngineOptions Options(ExpertConfig expert)
    {
        var defaults = new BatchEngineOptions();
        return (defaults with
        {
            ContextLength = expert.Context,
            MaxSequences = expert.MaxSequences,
            Threads = expert.Threads ?? defaults.Threads,
            GpuLayers = expert.GpuLayers ?? defaults.GpuLayers,
            MemoryMap = expert.MemoryMap,
            Adapter = expert.Adapter,
            AdapterScale = expert.AdapterScale,
            ChatTemplate = expert.ChatTemplate,
            DefaultSampling = expert.Sampling,
        }).Tapped(expert.LatentTap);
    }

    internal static EmbeddingEngineOptions EmbeddingOptions(ExpertConfig expert)
    {
        var defaults = new EmbeddingEngineOptions();
        return defaults with
        {
            Pooling = expert.Pooling,
            ContextLength = expert.Context == 0 ? defaults.ContextLength : expert.Context,
            MaxSequences = expert.MaxSequences,
            Threads = expert.Threads ?? defaults.Threads,
            GpuLayers = expert.GpuLayers ?? defaults.GpuLayers,
            MemoryMap = expert.MemoryMap,
            Adapter = expert.Adapter,
            AdapterScale = expert.AdapterScale,
        };
    }

    sealed class LlamaResidentModel(BatchEngine engine) : IResidentModel
    {
        public long ResidentBytes => engine.ResidentBytes;

        public long WeightBytes => engine.WeightBytes;

        public ModelActivity Activity
        {
            get
            {
                var now = engine.Snapshot;
                return new ModelActivity(engine.Progress, engine.IsStepping, now.PromptTokens, now.GeneratedTokens);
            }
        }

        public IAsyncEnumerable<GenerationChunk> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken) =>
            engine.GenerateAsync(request, cancellationToken);

        public void Abandon(string reason) => engine.Abandon(reason);

        public ValueTask DisposeAsync() => engine.DisposeAsync();
    }
}
