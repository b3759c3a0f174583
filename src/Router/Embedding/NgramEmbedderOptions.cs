using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Router.Embedding;

/// <summary>How questions become vectors. The defaults were chosen by leave-one-out on the zoo's validation questions.</summary>
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
    public double Words { get; init; } = 0.5;

    /// <summary>Weight of the characters within words.</summary>
    [Range(0.0, 100.0)]
    public double Characters { get; init; } = 0.9;

    /// <summary>Weight of lengths, number shapes, capitals and marks.</summary>
    [Range(0.0, 100.0)]
    public double Surface { get; init; } = 1.2;

    /// <summary>Weight of the rarest word's place in the alphabet.</summary>
    [Range(0.0, 100.0)]
    public double Initial { get; init; } = 0.5;

    /// <summary>A longer question is judged by its first so many characters.</summary>
    [Range(16, 1 << 20)]
    public int MaxCharacters { get; init; } = 8192;
}
