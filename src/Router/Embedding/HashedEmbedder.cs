using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Orchestrator.Router.Embedding.Hashing;

namespace Orchestrator.Router.Embedding;

/// <summary>
/// Words and pairs of words, characters within words and surface features, hashed with signs into a dense unit vector and
/// weighted by TF-IDF fitted on the profiled questions. Safe for concurrent use. The same questions and options give the
/// same vectors on every machine, up to the last bits that vector units of different widths round differently.
/// </summary>
public sealed class HashedEmbedder : IEmbedder
{
    /// <summary>
    /// Dense vectors need few dimensions: on the zoo 2,048 lost 0.2 points of routed accuracy against 65,536.
    /// </summary>
    public static NgramEmbedderOptions DefaultOptions { get; } = NgramEmbedderOptions.Default with { Dimensions = 2048 };

    readonly NgramEmbedderOptions _options;
    readonly double[] _blockWeights;
    readonly FeatureIdf _idf;

    HashedEmbedder(NgramEmbedderOptions options, FeatureIdf idf, string source)
    {
        _options = options;
        _blockWeights = [options.Words, options.Characters, options.Surface];
        _idf = idf;
        Id = $"hashed-{options.Dimensions}-{source}";
    }

    public string Id { get; }

    public int Dimensions => _options.Dimensions;

    /// <summary>Learns how telling each feature is: the rarer over the questions, the more it weighs.</summary>
    public static HashedEmbedder Fit(IReadOnlyCollection<string> questions, NgramEmbedderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(questions);
        options ??= DefaultOptions;
        return new HashedEmbedder(options, FeatureIdf.Fit(questions, options), SourceOf(questions, options));
    }

    public ValueTask<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
        InProcess.Embed(texts, Embed, cancellationToken);

    /// <returns>A unit vector; zero for a text without any feature.</returns>
    public float[] Embed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var vector = new float[Dimensions];
        Dictionary<ulong, int>[] counts = NgramFeatures.Count(text, _options);
        for (int block = 0; block < counts.Length; block++)
            AddBlock(vector, counts[block], _blockWeights[block]);
        InitialFeature.Add(vector, text, _options, _idf);
        float norm = TensorPrimitives.Norm<float>(vector);
        if (norm > 0)
            TensorPrimitives.Divide(vector, norm, vector);
        return vector;
    }

    void AddBlock(float[] vector, Dictionary<ulong, int> counts, double weight)
    {
        // Sums of floats depend on their order, and dictionary order is no contract: hash order is.
        ulong[] features = [.. counts.Keys];
        Array.Sort(features);
        double squares = 0;
        foreach (ulong feature in features)
            squares += Square(_idf.Weight(feature, counts[feature]));
        double scale = squares > 0 ? weight / Math.Sqrt(squares) : 0;
        foreach (ulong feature in features)
        {
            double value = scale * _idf.Weight(feature, counts[feature]);
            vector[(int)(feature % (ulong)vector.Length)] += (float)((long)feature < 0 ? -value : value);
        }
    }

    /// <summary>The order of the questions changes nothing, so it does not change the id either.</summary>
    static string SourceOf(IReadOnlyCollection<string> questions, NgramEmbedderOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<char>(options.ToString()));
        foreach (string question in questions.Order(StringComparer.Ordinal))
        {
            hash.AppendData(BitConverter.GetBytes(question.Length));
            hash.AppendData(MemoryMarshal.AsBytes<char>(question));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    static double Square(double value) => value * value;
}
