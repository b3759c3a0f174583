namespace Orchestrator.Experts.Trial;

/// <summary>What trying one file showed.</summary>
/// <param name="Refusal">Why the file must not be opened here; null when it may.</param>
public readonly record struct TrialVerdict(string? Refusal);

/// <summary>A file to try, in the way an expert will use it.</summary>
/// <param name="ChatTemplate">Replaces the file's own; null when the expert takes that.</param>
/// <param name="Adapter">A LoRA adapter to be tried on it; null without one.</param>
public readonly record struct TrialCandidate(string File, string? ChatTemplate = null, string? Adapter = null);

/// <summary>
/// The seam to a place where a model may crash: each file is loaded there once, given a context and made to decode one
/// token before the service opens it.
/// </summary>
public interface IModelTrial
{
    /// <summary>One verdict for each candidate, in order.</summary>
    Task<IReadOnlyList<TrialVerdict>> TryAsync(IReadOnlyList<TrialCandidate> candidates, CancellationToken cancellationToken);
}
