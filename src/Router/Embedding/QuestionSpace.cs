using System.Numerics.Tensors;

namespace Orchestrator.Router.Embedding;

/// <summary>What makes places of questions: an embedder and surface features.</summary>
/// <param name="embedder">What a question says.</param>
/// <param name="surface">What it looks like.</param>
public sealed class QuestionSpace(IEmbedder embedder, SurfaceVector surface)
{
    public IEmbedder Embedder => embedder;

    /// <summary>Fitted on a table's own questions, without a model file; takes seconds for thousands.</summary>
    public static QuestionSpace Lsa(IReadOnlyList<string> questions) => Of(LsaEmbedder.Fit(questions), questions);

    /// <summary>The same, at once.</summary>
    public static QuestionSpace Hashed(IReadOnlyCollection<string> questions) => Of(HashedEmbedder.Fit(questions), questions);

    public static QuestionSpace Of(IEmbedder embedder, IReadOnlyCollection<string> questions) => new(embedder, SurfaceVector.Fit(questions));

    /// <exception cref="InvalidOperationException">The embedder has to be waited for, so that the vector must be given.</exception>
    internal QuestionPlace Place(string question)
    {
        ValueTask<IReadOnlyList<float[]>> vectors = embedder.EmbedAsync([question]);
        return vectors.IsCompletedSuccessfully
            ? Place(question, vectors.Result[0])
            : throw new InvalidOperationException($"The embedder {embedder.Id} has to be waited for; embed the question before routing it.");
    }

    internal QuestionPlace Place(string question, float[] vector) => new(vector, surface.Of(question));
}

/// <summary>Where a question lies.</summary>
/// <param name="Vector">Of length 1, or zero: what it says.</param>
/// <param name="Surface">What it looks like, each feature −4…4.</param>
sealed record QuestionPlace(float[] Vector, float[] Surface)
{
    /// <param name="dimensions">So many of the vector, which an LSA orders by how much they tell; 0 is all.</param>
    /// <param name="surface">What the surface features are multiplied by.</param>
    /// <returns>Both, one after the other.</returns>
    public float[] Features(int dimensions, double surface)
    {
        ReadOnlySpan<float> vector = dimensions > 0 && dimensions < Vector.Length ? Vector.AsSpan(0, dimensions) : Vector;
        if (surface == 0)
            return vector.ToArray();
        var features = new float[vector.Length + Surface.Length];
        vector.CopyTo(features);
        TensorPrimitives.Multiply(Surface, (float)surface, features.AsSpan(vector.Length));
        return features;
    }
}
