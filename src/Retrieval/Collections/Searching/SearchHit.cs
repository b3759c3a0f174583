using Orchestrator.Retrieval.Collections.Documents;

namespace Orchestrator.Retrieval.Collections.Searching;

/// <summary>A document that a query found.</summary>
/// <param name="Score">A cosine, a BM25 score, or for both a sum of weights over places.</param>
/// <param name="DensePlace">From 1, in the ranking by cosine; null when it was not in it, or there was none.</param>
/// <param name="LexicalPlace">From 1, in the ranking by words.</param>
public sealed record SearchHit(Document Document, double Score, int? DensePlace, int? LexicalPlace);
