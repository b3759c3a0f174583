using System.ComponentModel.DataAnnotations;

namespace Orchestrator.LlamaCpp.Generation;

/// <summary>How the next token is chosen. The defaults are OpenAI's: plain sampling at temperature 1.</summary>
public sealed record SamplingOptions
{
    public static SamplingOptions Greedy { get; } = new() { Temperature = 0 };

    /// <summary>Below 0.001 is greedy: the most probable token, and the options below it do not matter but the penalties.</summary>
    [Range(0.0, 2.0)]
    public float Temperature { get; init; } = 1;

    /// <summary>Keep the k most probable tokens; 0 keeps all.</summary>
    [Range(0, 1_000_000)]
    public int TopK { get; init; }

    /// <summary>Keep the smallest set of tokens whose probability reaches p; 1 keeps all.</summary>
    [Range(0.0, 1.0)]
    public float TopP { get; init; } = 1;

    /// <summary>Drop tokens less probable than this share of the most probable one; 0 keeps all.</summary>
    [Range(0.0, 1.0)]
    public float MinP { get; init; }

    /// <summary>Divides the logits of tokens already seen; 1 is off.</summary>
    // Compared as floats: 0.01f is less than 0.01.
    [Range(typeof(float), "0.01", "10", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public float RepeatPenalty { get; init; } = 1;

    [Range(-2.0, 2.0)]
    public float FrequencyPenalty { get; init; }

    [Range(-2.0, 2.0)]
    public float PresencePenalty { get; init; }

    /// <summary>How many last tokens of the sequence the penalties look at.</summary>
    [Range(0, 4096)]
    public int PenaltyWindow { get; init; } = 64;

    /// <summary>The same seed, prompt and options give the same answer; null draws one.</summary>
    public uint? Seed { get; init; }
}
