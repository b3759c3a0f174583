using Orchestrator.Experts.Loading;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Bench.Scheduling;

/// <summary>Stands for a loaded model where only its size matters.</summary>
sealed class WeightlessModel(long bytes, long weightBytes) : IResidentModel
{
    public long ResidentBytes => bytes;

    public long WeightBytes => weightBytes;

    public ModelActivity Activity => default;

    public IAsyncEnumerable<GenerationChunk> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("nothing is generated here");

    public void Abandon(string reason)
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
