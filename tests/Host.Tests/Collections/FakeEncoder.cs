using System.Numerics.Tensors;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Retrieval.Lexical;

namespace Orchestrator.Host.Tests.Collections;

/// <summary>Texts that share words are near each other.</summary>
sealed class FakeEncoder : ICollectionEncoder
{
    public const string Space = "encoder@0123456789ab";
    const int Dimensions = 64;

    public string? Base { get; init; } = "encoder";

    /// <summary>Of its vectors from now on, as after another file was put in the model's place.</summary>
    public string SpaceNow { get; set; } = Space;

    /// <summary>Until it is cancelled.</summary>
    public bool Hangs { get; init; }

    public async Task<EncodedTexts> EncodeDocumentsAsync(string model, IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        await ComputeAsync(cancellationToken);
        return new EncodedTexts(model == Base ? SpaceNow : $"{model}@ffffffffffff", [.. texts.Select(Embed)], texts.Sum(text => text.Split(' ').Length));
    }

    public async Task<EncodedQuery> EncodeQueryAsync(string space, string model, string text, CancellationToken cancellationToken = default)
    {
        await ComputeAsync(cancellationToken);
        return new EncodedQuery(model == "auto" ? "specialist" : model, SpaceNow, Embed(text), ["It was told so."], text.Split(' ').Length);
    }

    public static float[] Embed(string text)
    {
        var vector = new float[Dimensions];
        vector[0] = 0.01f;
        foreach (string term in TextTerms.Of(text))
            vector[1 + (int)(Router.Embedding.StableHash.Of(term) % (Dimensions - 1))] += 1;
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    Task ComputeAsync(CancellationToken cancellationToken) => Hangs ? Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken) : Task.CompletedTask;
}
