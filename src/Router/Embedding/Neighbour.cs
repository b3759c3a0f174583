namespace Orchestrator.Router.Embedding;

/// <summary>A row of a <see cref="VectorIndex"/> and its cosine with what was searched for.</summary>
public readonly record struct Neighbour(int Row, float Cosine);
