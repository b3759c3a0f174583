using System.Runtime.InteropServices;

namespace Orchestrator.Router.Embedding.Lsa;

/// <summary>The features worth keeping, the most widespread first, so that what most texts need lies together in memory.</summary>
/// <param name="Hashes">One a feature.</param>
/// <param name="Idf">How telling each is: the rarer, the more.</param>
sealed record Vocabulary(ulong[] Hashes, float[] Idf)
{
    public static Vocabulary Of(IReadOnlyList<string> texts, LsaOptions options)
    {
        var words = new Dictionary<ulong, Spread>();
        var runs = new Dictionary<ulong, Spread>();
        char[] lower = new char[options.MaxCharacters];
        for (int text = 0; text < texts.Count; text++)
        {
            int length = texts[text].AsSpan(0, Math.Min(texts[text].Length, options.MaxCharacters)).ToLowerInvariant(lower);
            var sink = new SpreadSink(words, runs, text);
            LsaFeatures.Read(lower.AsSpan(0, length), ref sink);
        }
        // Of few texts, what two share is no commonplace yet.
        int most = Math.Max(options.MinCharacterTexts, (int)(options.MaxTextShare * texts.Count));
        (ulong Hash, int Texts)[] kept =
        [
            .. Keep(words, options.MinWordTexts, most, options.MaxWordFeatures)
                .Concat(Keep(runs, options.MinCharacterTexts, most, options.MaxCharacterFeatures))
                .OrderByDescending(feature => feature.Texts).ThenBy(feature => feature.Hash)
                .Take(Array.MaxLength / Projection.StrideOf(options.Dimensions)),
        ];
        return new Vocabulary(
            [.. kept.Select(feature => feature.Hash)],
            [.. kept.Select(feature => (float)Math.Log((1.0 + texts.Count) / (1 + feature.Texts)) + 1)]);
    }

    static IEnumerable<(ulong Hash, int Texts)> Keep(Dictionary<ulong, Spread> spreads, int least, int most, int features) =>
        spreads.Where(pair => pair.Value.Texts >= least && pair.Value.Texts <= most)
            .Select(pair => (Hash: pair.Key, pair.Value.Texts))
            .OrderByDescending(feature => feature.Texts).ThenBy(feature => feature.Hash)
            .Take(features);

    /// <summary>In how many texts a feature is; <see cref="Last"/> is the last of them + 1.</summary>
    struct Spread
    {
        public int Texts;
        public int Last;
    }

    readonly struct SpreadSink(Dictionary<ulong, Spread> words, Dictionary<ulong, Spread> runs, int text) : IFeatureSink
    {
        public void AddWord(ulong hash) => Add(words, hash);

        public void AddCharacters(ulong hash) => Add(runs, hash);

        void Add(Dictionary<ulong, Spread> spreads, ulong hash)
        {
            ref Spread spread = ref CollectionsMarshal.GetValueRefOrAddDefault(spreads, hash, out _);
            if (spread.Last == text + 1)
                return;
            spread.Last = text + 1;
            spread.Texts++;
        }
    }
}
