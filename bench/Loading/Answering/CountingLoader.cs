using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Loading;

namespace Orchestrator.Bench.Loading.Answering;

/// <summary>Counts what goes through to another loader.</summary>
sealed class CountingLoader(IModelLoader loader) : IModelLoader
{
    int _loads;

    public int Loads => _loads;

    public Task<IResidentModel> LoadAsync(ExpertConfig expert, IProgress<float> progress, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _loads);
        return loader.LoadAsync(expert, progress, cancellationToken);
    }
}
