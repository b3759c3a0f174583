using Orchestrator.Experts.Trial;

namespace Orchestrator.TestKit.Experts;

/// <summary>Accepts every file but those it is given a reason for, by file name.</summary>
public sealed class FakeTrial(params (string FileName, string Refusal)[] refusals) : IModelTrial
{
    public List<string> Tried { get; } = [];

    public Task<IReadOnlyList<TrialVerdict>> TryAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        Tried.AddRange(files);
        return Task.FromResult<IReadOnlyList<TrialVerdict>>(
            [.. files.Select(f => new TrialVerdict(Array.Find(refusals, r => r.FileName == Path.GetFileName(f)).Refusal))]);
    }
}
