namespace Orchestrator.LlamaCpp.Embedding;

/// <summary>What an engine made of texts, in their order.</summary>
/// <param name="Vectors">Unit vectors; zero for a text without tokens.</param>
/// <param name="Tokens">Of each text as it was embedded: what was cut off does not count.</param>
public sealed record TextEmbeddings(IReadOnlyList<float[]> Vectors, IReadOnlyList<int> Tokens);
