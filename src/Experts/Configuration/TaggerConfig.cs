using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Experts.Configuration;

/// <summary>Who names the skills of a question, for policies that recruit by skill.</summary>
public sealed record TaggerConfig
{
    /// <summary>Id of an expert; null leaves the skills to similar profiled questions.</summary>
    public string? Expert { get; init; }

    /// <summary>How often it is asked about one question.</summary>
    [Range(1, 16)]
    public int Samples { get; init; } = 5;

    /// <summary>Phrases in fewer of its answers are dropped.</summary>
    [Range(1, 16)]
    public int Recur { get; init; } = 2;

    [Range(0.0, 2.0)]
    public float Temperature { get; init; } = 0.7f;

    /// <summary>Tokens that one of its answers may have.</summary>
    [Range(1, 4096)]
    public int MaxTokens { get; init; } = 64;
}
