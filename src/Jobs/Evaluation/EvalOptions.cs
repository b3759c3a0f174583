using System.ComponentModel.DataAnnotations;
using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Jobs.Evaluation;

/// <summary>What is evaluated, and how.</summary>
public sealed record EvalOptions
{
    public const float LeastTemperature = 0.01f, MostTemperature = 2;

    /// <summary>At least one; each is run alone.</summary>
    public required IReadOnlyList<string> Policies { get; init; }

    /// <summary>Whether the experts are run on their own, for what a policy is compared with.</summary>
    public bool Baselines { get; init; } = true;

    /// <summary>An expert that was made for everything, to compare with; null leaves the column out.</summary>
    public string? Generalist { get; init; }

    /// <summary>The expert that grades answers to questions of the grader <c>judge</c>.</summary>
    public string? Judge { get; init; }

    /// <summary>Tokens an answer may have.</summary>
    [Range(1, 1 << 20)]
    public int MaxTokens { get; init; } = 512;

    /// <summary>At which the best single expert is sampled.</summary>
    [Range(LeastTemperature, MostTemperature)]
    public float Temperature { get; init; } = 0.7f;

    /// <summary>Samples a question of the best single expert, however much a policy takes.</summary>
    [Range(2, 1024)]
    public int MaxSamples { get; init; } = 32;

    /// <summary>Share of the questions by which the best single expert is chosen where no profile tells it.</summary>
    [Range(0.05, 0.95)]
    public double ValidationShare { get; init; } = 0.3;

    public BootstrapOptions Bootstrap { get; init; } = new();
}
