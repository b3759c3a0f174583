namespace Orchestrator.Router.Embedding.Hashing;

/// <summary>Inverse document frequencies of hashed features, and what a feature that was not fitted counts for.</summary>
sealed class FeatureIdf
{
    /// <summary>Beyond it the logarithms are computed.</summary>
    static readonly double[] LogCounts = [.. Enumerable.Range(0, 32).Select(count => 1 + Math.Log(Math.Max(1, count)))];

    readonly Dictionary<ulong, float> _idf;
    readonly float _idfOfUnseen;
    readonly float _weightOfUnseen;

    FeatureIdf(Dictionary<ulong, float> idf, float idfOfUnseen, float idfOfRare, double unseen)
    {
        _idf = idf;
        _idfOfUnseen = idfOfUnseen;
        _weightOfUnseen = idfOfUnseen * (float)unseen;
        OfRare = idfOfRare;
    }

    /// <summary>Of a feature that one question in a hundred has.</summary>
    public float OfRare { get; }

    public static FeatureIdf Fit(IReadOnlyCollection<string> questions, NgramEmbedderOptions options)
    {
        var seenIn = new Dictionary<ulong, int>();
        foreach (string question in questions)
        {
            foreach (Dictionary<ulong, int> block in NgramFeatures.Count(question, options))
            {
                foreach (ulong feature in block.Keys)
                    seenIn[feature] = seenIn.GetValueOrDefault(feature) + 1;
            }
        }
        // A feature of one question teaches nothing about others: it counts as unseen.
        var idf = seenIn.Where(pair => pair.Value > 1).ToDictionary(pair => pair.Key, pair => Idf(pair.Value));
        return new FeatureIdf(idf, Idf(1), Idf(Math.Max(1, questions.Count / 100)), options.Unseen);

        float Idf(int documents) => (float)Math.Log((1.0 + questions.Count) / (1 + documents)) + 1;
    }

    public double Weight(ulong feature, int count) =>
        (count < LogCounts.Length ? LogCounts[count] : 1 + Math.Log(count)) * _idf.GetValueOrDefault(feature, _weightOfUnseen);

    public float OfWord(string word) => _idf.GetValueOrDefault(NgramFeatures.WordHash(word), _idfOfUnseen);
}
