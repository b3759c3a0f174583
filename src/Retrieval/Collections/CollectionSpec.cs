using Orchestrator.Retrieval.Collections.Documents;

namespace Orchestrator.Retrieval.Collections;

/// <summary>What a collection is from its creation on.</summary>
/// <param name="Name">As <see cref="CollectionName"/> allows.</param>
/// <param name="Model">Id of the expert that embeds its documents.</param>
/// <param name="Space">Of every vector in it; see <see cref="Experts.Embedding.IEmbeddingExpert.Space"/>.</param>
/// <param name="Dimensions">Of every vector in it.</param>
public sealed record CollectionSpec(string Name, string Model, string Space, int Dimensions)
{
    /// <summary>Whatever its owner wants to keep with it.</summary>
    public IReadOnlyDictionary<string, FieldValue> Metadata { get; init; } = Fields.None;
}
