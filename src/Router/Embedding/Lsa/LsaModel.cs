using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Orchestrator.Router.Embedding.Lsa;

/// <summary>All that a fit learned.</summary>
/// <param name="Source">Hash of the texts and options.</param>
/// <param name="MaxCharacters">Of a text that are read.</param>
sealed record LsaModel(string Source, int MaxCharacters, Vocabulary Vocabulary, Projection Projection)
{
    /// <summary>In hexadecimal digits.</summary>
    const int HashLength = 12;

    /// <summary>Of what decides a vector: equal ones embed alike.</summary>
    public string Hash { get; } = HashOf(MaxCharacters, Vocabulary, Projection);

    public static LsaModel Fit(IReadOnlyList<string> texts, LsaOptions options)
    {
        string source = SourceOf(texts, options);
        texts = Sample(texts, options.MaxTexts);
        Vocabulary vocabulary = Vocabulary.Of(texts, options);
        if (vocabulary.Hashes.Length == 0)
            return new LsaModel(source, options.MaxCharacters, vocabulary, new Projection(1, [], []));
        TermMatrix matrix = TermMatrix.Of(texts, vocabulary, new FeatureTable(vocabulary.Hashes), options.MaxCharacters);
        float[][] factors = TruncatedSvd.TextFactors(matrix, options);
        return new LsaModel(source, options.MaxCharacters, vocabulary, Projection.Of(matrix, factors, factors[0].Length));
    }

    public static string SourceOf(IReadOnlyList<string> texts, LsaOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<char>(options.ToString()));
        foreach (string text in texts)
        {
            // With the length, so that two texts are not the one that they make together.
            hash.AppendData(BitConverter.GetBytes(text.Length));
            hash.AppendData(MemoryMarshal.AsBytes<char>(text));
        }
        return Shorten(hash.GetHashAndReset());
    }

    static string HashOf(int maxCharacters, Vocabulary vocabulary, Projection projection)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(maxCharacters));
        hash.AppendData(MemoryMarshal.AsBytes<ulong>(vocabulary.Hashes));
        hash.AppendData(MemoryMarshal.AsBytes<float>(vocabulary.Idf));
        hash.AppendData(MemoryMarshal.AsBytes<float>(projection.Scales));
        hash.AppendData(MemoryMarshal.AsBytes<sbyte>(projection.Codes));
        return Shorten(hash.GetHashAndReset());
    }

    static string Shorten(byte[] hash) => Convert.ToHexStringLower(hash)[..HashLength];

    static IReadOnlyList<string> Sample(IReadOnlyList<string> texts, int most) =>
        texts.Count <= most ? texts : [.. Enumerable.Range(0, most).Select(i => texts[(int)((long)i * texts.Count / most)])];
}
