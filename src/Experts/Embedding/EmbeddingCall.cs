namespace Orchestrator.Experts.Embedding;

/// <summary>Texts for one expert, and how they may be scheduled.</summary>
public sealed record EmbeddingCall(IReadOnlyList<string> Texts, EmbeddedSide Side)
{
    public RequestClass Class { get; init; } = RequestClass.Interactive;

    /// <summary>Embeds the beginning of a text that is too long, instead of refusing it.</summary>
    public bool CutLongTexts { get; init; }
}

/// <summary>What a text is to a search. Many models mark the two with different words in front.</summary>
public enum EmbeddedSide
{
    Document,
    Query,
}

/// <param name="Vectors">Unit vectors of one space.</param>
/// <param name="Tokens">Of all texts together, as the model counts them.</param>
public sealed record EmbeddedTexts(IReadOnlyList<float[]> Vectors, int Tokens);
