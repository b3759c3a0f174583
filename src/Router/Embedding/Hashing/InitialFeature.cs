namespace Orchestrator.Router.Embedding.Hashing;

/// <summary>
/// Where in the alphabet the rarest word begins, as one step at each boundary: near letters are alike. A rare word is what the
/// question is about, and experts may know another part of the vocabulary each.
/// </summary>
static class InitialFeature
{
    /// <summary>Boundaries in the alphabet: a | b…z, ab | c…z, …, a…y | z.</summary>
    const int Boundaries = 25;

    static readonly ulong[] Hashes = [.. Enumerable.Range(1, Boundaries).Select(boundary => StableHash.Of($"initial {boundary}"))];

    public static void Add(float[] vector, string text, NgramEmbedderOptions options, FeatureIdf idf)
    {
        if (NgramFeatures.RarestWord(text, options, idf.OfWord) is not { } word || idf.OfWord(word) < idf.OfRare)
            return;
        float step = (float)(options.Initial / Math.Sqrt(Boundaries));
        int letter = char.ToLowerInvariant(word[0]) - 'a';
        for (int boundary = 1; boundary <= Boundaries; boundary++)
            vector[(int)(Hashes[boundary - 1] % (ulong)vector.Length)] += letter < boundary ? step : -step;
    }
}
