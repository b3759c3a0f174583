namespace Orchestrator.Retrieval.Collections;

/// <summary>Turns texts into vectors for collections; models and routing lie behind it.</summary>
public interface ICollectionEncoder
{
    /// <summary>Id of the expert that embeds documents where none is named; null when there is none.</summary>
    string? Base { get; }

    /// <param name="model">Id of an expert that embeds documents.</param>
    Task<EncodedTexts> EncodeDocumentsAsync(string model, IReadOnlyList<string> texts, CancellationToken cancellationToken = default);

    /// <param name="space">That the vector shall be of.</param>
    /// <param name="model">Id of an expert, or <c>auto</c>: the one that routing chooses.</param>
    Task<EncodedQuery> EncodeQueryAsync(string space, string model, string text, CancellationToken cancellationToken = default);
}

/// <param name="Space">That the vectors are of.</param>
/// <param name="Vectors">One a text, in their order.</param>
/// <param name="Tokens">Of all texts together.</param>
public sealed record EncodedTexts(string Space, IReadOnlyList<float[]> Vectors, int Tokens);

/// <param name="Expert">That embedded it.</param>
/// <param name="Space">That the vector is of.</param>
/// <param name="Reasons">Why that expert, in sentences.</param>
/// <param name="Tokens">Of the text, every embedding of it counted.</param>
public sealed record EncodedQuery(string Expert, string Space, float[] Vector, IReadOnlyList<string> Reasons, int Tokens);
