namespace Orchestrator.Experts.Trial;

/// <summary>What trying one file showed.</summary>
/// <param name="Refusal">Why the file must not be opened here; null when it may.</param>
public readonly record struct TrialVerdict(string? Refusal);

/// <summary>
/// The seam to a place where a model may crash: each file is loaded there once, given a context and made to decode one
/// token before the service opens it.
/// </summary>
public interface IModelTrial
{
    /// <summary>One verdict for each file, in order.</summary>
    Task<IReadOnlyList<TrialVerdict>> TryAsync(IReadOnlyList<string> files, CancellationToken cancellationToken);
}
