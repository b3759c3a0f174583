namespace Orchestrator.Router.Embedding;

/// <summary>A vector of which few entries are not zero.</summary>
/// <param name="Indices">Dimensions, rising.</param>
/// <param name="Values">As many.</param>
public sealed record SparseVector(int[] Indices, float[] Values);
