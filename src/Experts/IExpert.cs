using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Experts;

/// <summary>One model that answers. The seam to what runs it: llama.cpp in this process today, other kinds later.</summary>
public interface IExpert
{
    string Id { get; }

    /// <summary>
    /// Streams one answer. Nothing is loaded or queued before enumeration starts; cancelling frees the sequence
    /// within one decoding step.
    /// </summary>
    /// <exception cref="ExpertException">The expert cannot answer this request; the kind says why.</exception>
    IAsyncEnumerable<GenerationChunk> GenerateAsync(ExpertCall request, CancellationToken cancellationToken = default);
}

public static class ExpertExtensions
{
    /// <summary>Streams one answer to an interactive request.</summary>
    public static IAsyncEnumerable<GenerationChunk> GenerateAsync(
        this IExpert expert, GenerationRequest request, CancellationToken cancellationToken = default) =>
        expert.GenerateAsync(new ExpertCall { Request = request }, cancellationToken);
}
