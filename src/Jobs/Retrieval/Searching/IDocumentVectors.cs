using Orchestrator.Experts.Embedding;

namespace Orchestrator.Jobs.Retrieval.Searching;

/// <summary>Vectors of many texts by one expert, which may be kept from one run to the next.</summary>
public interface IDocumentVectors
{
    /// <returns>One unit vector a text, in their order.</returns>
    /// <exception cref="Experts.ExpertException">The expert cannot embed them.</exception>
    Task<IReadOnlyList<float[]>> OfAsync(IEmbeddingExpert expert, IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
