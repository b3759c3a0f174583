using Orchestrator.Experts.Trial;

namespace Orchestrator.Bench.Pool;

/// <summary>No trial in a child process: the bench opens only files of this repository.</summary>
sealed class TrustedFiles : IModelTrial
{
    public Task<IReadOnlyList<TrialVerdict>> TryAsync(IReadOnlyList<TrialCandidate> candidates, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TrialVerdict>>([.. candidates.Select(_ => new TrialVerdict(null))]);
}
