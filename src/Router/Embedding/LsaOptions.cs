using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Router.Embedding;

/// <summary>How <see cref="LsaEmbedder"/> reads and factorises texts.</summary>
public sealed record LsaOptions
{
    public static LsaOptions Default { get; } = new();

    /// <summary>Length of a vector; less when the fitted texts span fewer.</summary>
    [Range(1, 4096)]
    public int Dimensions { get; init; } = 512;

    /// <summary>A longer text is judged by its first so many characters.</summary>
    [Range(16, 1 << 20)]
    public int MaxCharacters { get; init; } = 8192;

    /// <summary>Words and pairs of words in fewer of the fitted texts teach nothing.</summary>
    [Range(1, 1000)]
    public int MinWordTexts { get; init; } = 2;

    /// <summary>The same for runs of characters.</summary>
    [Range(1, 1000)]
    public int MinCharacterTexts { get; init; } = 3;

    /// <summary>Features of a larger share of the texts tell none of them apart.</summary>
    [Range(0.01, 1.0)]
    public double MaxTextShare { get; init; } = 0.5;

    /// <summary>Most words and pairs of words kept, the most widespread first. Each takes about 1 byte a dimension.</summary>
    [Range(1, 2_000_000)]
    public int MaxWordFeatures { get; init; } = 250_000;

    /// <summary>Most runs of characters kept, the most widespread first.</summary>
    [Range(1, 2_000_000)]
    public int MaxCharacterFeatures { get; init; } = 120_000;

    /// <summary>Fitting on more texts takes an even sample of so many: its time and memory grow with them.</summary>
    [Range(1, 200_000)]
    public int MaxTexts { get; init; } = 20_000;

    /// <summary>Random directions beyond <see cref="Dimensions"/>, which make the last of those right.</summary>
    [Range(0, 1024)]
    public int Oversampling { get; init; } = 64;

    /// <summary>Products with the matrix and its transpose that turn the random directions to the strongest ones.</summary>
    [Range(1, 20)]
    public int PowerIterations { get; init; } = 3;

    /// <summary>Of the random directions.</summary>
    public int Seed { get; init; } = 1;
}
