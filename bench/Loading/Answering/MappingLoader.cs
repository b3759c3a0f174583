using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Bench.Loading.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Loading;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Bench.Loading.Answering;

/// <summary>Loads as the pool's own loader does, but maps the files.</summary>
sealed class MappingLoader(LoadingOptions options, LlamaRuntime runtime) : IModelLoader
{
    public async Task<IResidentModel> LoadAsync(ExpertConfig expert, CancellationToken cancellationToken) =>
        new Model(await BatchEngine.LoadAsync(
            runtime, expert.File, ExpertSet.EngineOptions(options, memoryMap: true), NullLoggerFactory.Instance,
            cancellationToken: cancellationToken));

    sealed class Model(BatchEngine engine) : IResidentModel
    {
        public long ResidentBytes => engine.ResidentBytes;

        public IAsyncEnumerable<GenerationChunk> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken) =>
            engine.GenerateAsync(request, cancellationToken);

        public ValueTask DisposeAsync() => engine.DisposeAsync();
    }
}
