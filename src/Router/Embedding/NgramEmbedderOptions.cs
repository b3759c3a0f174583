using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Router.Embedding;

/// <summary>
/// How questions become vectors. The defaults were chosen on the zoo's validation questions alone, by routed accuracy with
/// single questions and with whole phrasings left out.
/// </summary>
public sealed record NgramEmbedderOptions
{
    public static NgramEmbedderOptions Default { get; } = new();

    /// <summary>Length of a vector; features are hashed into it.</summary>
    [Range(64, 1 << 24)]
    public int Dimensions { get; init; } = 1 << 16;

    /// <summary>Longest character n-gram within a word; the word's boundaries count as characters.</summary>
    [Range(2, 8)]
    public int LongestCharacters { get; init; } = 4;

    /// <summary>Weight of words and pairs of words in the vector.</summary>
    [Range(0.0, 100.0)]
    public double Words { get; init; } = 0.4;

    /// <summary>Weight of the characters within words.</summary>
    [Range(0.0, 100.0)]
    public double Characters { get; init; } = 0.9;

    /// <summary>Weight of lengths, number shapes, capitals and marks.</summary>
    [Range(0.0, 100.0)]
    public double Surface { get; init; } = 1.2;

    /// <summary>Weight of the rarest word's place in the alphabet.</summary>
    [Range(0.0, 100.0)]
    public double Initial { get; init; } = 0.5;

    /// <summary>
    /// Share of its weight that a feature keeps when fewer than two profiled questions have it. What an unknown phrasing
    /// brings along teaches nothing, and at full weight it drowns the words that are known.
    /// </summary>
    [Range(0.0, 1.0)]
    public double Unseen { get; init; } = 0.25;

    /// <summary>A longer question is judged by its first so many characters.</summary>
    [Range(16, 1 << 20)]
    public int MaxCharacters { get; init; } = 8192;
}
