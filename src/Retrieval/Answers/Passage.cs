namespace Orchestrator.Retrieval.Answers;

/// <summary>A document that goes with a question.</summary>
/// <param name="Similarity">Cosine to the question.</param>
public sealed record Passage(string Id, string Text, double Similarity);
