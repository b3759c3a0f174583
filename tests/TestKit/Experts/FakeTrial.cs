using Orchestrator.Experts.Trial;

namespace Orchestrator.TestKit.Experts;

/// <summary>Accepts every file but those it is given a reason for, by file name.</summary>
public sealed class FakeTrial(params (string FileName, string Refusal)[] refusals) : IModelTrial
{
    public List<string> Tried { get; } = [];

    public Task<IReadOnlyList<TrialVerdict>> TryAsync(IReadOnlyList<TrialCandidate> candidates, CancellationToken cancellationToken)
    {
        Tried.AddRange(candidates.Select(c => c.File));
        return Task.FromResult<IReadOnlyList<TrialVerdict>>(
            [.. candidates.Select(c => new TrialVerdict(Array.Find(refusals, r => r.FileName == Path.GetFileName(c.File)).Refusal))]);
    }
}
