namespace Orchestrator.Experts.Embedding;

/// <summary>One model that turns texts into vectors: a GGUF in this process, or an endpoint elsewhere.</summary>
public interface IEmbeddingExpert
{
    string Id { get; }

    /// <summary>
    /// Where its vectors live: the id of the expert that embeds documents, and a fingerprint of all that moves its vectors.
    /// Vectors of one space can be compared, others never.
    /// </summary>
    string Space { get; }

    /// <summary>It was trained for queries alone; documents of its space are embedded by another expert.</summary>
    bool QueriesOnly { get; }

    /// <summary>Waits for the model like any other request; a step over several texts is one request.</summary>
    /// <returns>One unit vector a text, in their order.</returns>
    /// <exception cref="ExpertException">It cannot embed these texts; the kind says why.</exception>
    Task<EmbeddedTexts> EmbedAsync(EmbeddingCall request, CancellationToken cancellationToken = default);
}
