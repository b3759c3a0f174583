using Orchestrator.Router.Pilots;

namespace Orchestrator.Host.Retrieval;

/// <summary>Texts as vectors of one space.</summary>
/// <param name="Items">In the order of the texts.</param>
/// <param name="Tokens">Of all texts together, every embedding counted: a routed query is embedded twice.</param>
sealed record RoutedVectors(string Space, IReadOnlyList<RoutedVector> Items, int Tokens)
{
    /// <summary>Whoever embedded one of them, in their order.</summary>
    public IReadOnlyList<string> Experts => [.. Items.Select(item => item.Expert).Distinct(StringComparer.Ordinal)];
}

/// <param name="Expert">That embedded it.</param>
/// <param name="Route">Why that one; null where nothing was chosen.</param>
sealed record RoutedVector(string Expert, float[] Vector, EmbeddingRoute? Route = null);
