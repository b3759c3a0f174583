using System.Numerics.Tensors;
using Orchestrator.Router.Embedding.Hashing;

namespace Orchestrator.Router.Embedding;

/// <summary>
/// Turns a question into a unit vector without any download: words and pairs of words, characters within words and
/// surface features, hashed with signs and weighted by TF-IDF fitted on the profiled questions.
/// Safe for concurrent use. The same questions and options give the same vectors on every machine, up to the last bits
/// that vector units of different widths round differently.
/// </summary>
public sealed class NgramEmbedder
{
    /// <summary>Boundaries in the alphabet: a | b…z, ab | c…z, …, a…y | z.</summary>
    const int Boundaries = 25;

    readonly NgramEmbedderOptions _options;
    readonly double[] _blockWeights;
    readonly FeatureIdf _idf;

    NgramEmbedder(NgramEmbedderOptions options, FeatureIdf idf)
    {
        _options = options;
        _blockWeights = [options.Words, options.Characters, options.Surface];
        _idf = idf;
    }

    /// <summary>Learns how telling each feature is: the rarer over the questions, the more it weighs.</summary>
    public static NgramEmbedder Fit(IReadOnlyCollection<string> questions, NgramEmbedderOptions options) =>
        new(options, FeatureIdf.Fit(questions, options));

    /// <returns>A vector of length 1 in as many dimensions as the options say; empty for a text without any feature.</returns>
    public SparseVector Embed(string question)
    {
        var entries = new SortedDictionary<int, double>();
        Dictionary<ulong, int>[] counts = NgramFeatures.Count(question, _options);
        for (int block = 0; block < counts.Length; block++)
            AddBlock(entries, counts[block], _blockWeights[block]);
        AddInitial(entries, question);
        float[] values = [.. entries.Values.Select(value => (float)value)];
        float norm = TensorPrimitives.Norm<float>(values);
        if (norm > 0)
            TensorPrimitives.Divide(values, norm, values);
        return new SparseVector([.. entries.Keys], values);
    }

    void AddBlock(SortedDictionary<int, double> entries, Dictionary<ulong, int> counts, double weight)
    {
        // Sums of floats depend on their order, and dictionary order is no contract: hash order is.
        (ulong Hash, double Weight)[] features =
            [.. counts.OrderBy(pair => pair.Key).Select(pair => (pair.Key, _idf.Weight(pair.Key, pair.Value)))];
        double squares = features.Sum(feature => feature.Weight * feature.Weight);
        double scale = squares > 0 ? weight / Math.Sqrt(squares) : 0;
        foreach (var feature in features)
            Add(entries, feature.Hash, (long)feature.Hash < 0 ? -scale * feature.Weight : scale * feature.Weight);
    }

    /// <summary>
    /// Where in the alphabet the rarest word begins, as one step at each boundary: near letters are alike. A rare word is
    /// what the question is about, and experts may know another part of the vocabulary each.
    /// </summary>
    void AddInitial(SortedDictionary<int, double> entries, string question)
    {
        if (NgramFeatures.RarestWord(question, _options, _idf.OfWord) is not { } word || _idf.OfWord(word) < _idf.OfRare)
            return;
        double step = _options.Initial / Math.Sqrt(Boundaries);
        int letter = char.ToLowerInvariant(word[0]) - 'a';
        for (int boundary = 1; boundary <= Boundaries; boundary++)
            Add(entries, StableHash.Of($"initial {boundary}"), letter < boundary ? step : -step);
    }

    void Add(SortedDictionary<int, double> entries, ulong hash, double value)
    {
        int dimension = (int)(hash % (ulong)_options.Dimensions);
        entries[dimension] = entries.GetValueOrDefault(dimension) + value;
    }
}
