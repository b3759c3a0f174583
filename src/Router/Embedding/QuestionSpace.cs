namespace Orchestrator.Router.Embedding;

/// <summary>Where a question lies.</summary>
/// <param name="Vector">Of length 1, or zero: what it says.</param>
/// <param name="Surface">What it looks like, each feature about −4…4.</param>
sealed record QuestionPlace(float[] Vector, float[] Surface);

/// <summary>What makes places of questions: an embedder and surface features.</summary>
public sealed class QuestionSpace(IEmbedder embedder)
{
    public IEmbedder Embedder => embedder;

    /// <summary>What a table's own questions teach, without a model file.</summary>
    public static QuestionSpace Hashed(IReadOnlyCollection<string> questions) => new(HashedEmbedder.Fit(questions));

    /// <exception cref="InvalidOperationException">The embedder has to be waited for, so that the vector must be given.</exception>
    internal QuestionPlace Place(string question)
    {
        ValueTask<IReadOnlyList<float[]>> vectors = embedder.EmbedAsync([question]);
        return vectors.IsCompletedSuccessfully
            ? Place(question, vectors.Result[0])
            : throw new InvalidOperationException($"The embedder {embedder.Id} has to be waited for; embed the question before routing it.");
    }

    internal static QuestionPlace Place(string question, float[] vector) => new(vector, []);
}
