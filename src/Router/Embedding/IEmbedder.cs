namespace Orchestrator.Router.Embedding;

/// <summary>Turns texts into unit vectors; the same id always means the same space.</summary>
public interface IEmbedder
{
    /// <summary>Kind, options and what it was fitted on (a short hash): vectors of different ids are never compared.</summary>
    string Id { get; }

    int Dimensions { get; }

    /// <summary>
    /// One unit vector a text, in their order (zero for a text without features). Completes synchronously for embedders
    /// that compute in this process.
    /// </summary>
    ValueTask<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default);
}
