namespace Orchestrator.LlamaCpp.Generation;

/// <summary>What one request wants different from an expert's sampling defaults; null keeps the default.</summary>
public sealed record SamplingChanges
{
    public float? Temperature { get; init; }

    public int? TopK { get; init; }

    public float? TopP { get; init; }

    public float? MinP { get; init; }

    public float? RepeatPenalty { get; init; }

    public float? FrequencyPenalty { get; init; }

    public float? PresencePenalty { get; init; }

    public uint? Seed { get; init; }

    public SamplingOptions ApplyTo(SamplingOptions defaults) => defaults with
    {
        Temperature = Temperature ?? defaults.Temperature,
        TopK = TopK ?? defaults.TopK,
        TopP = TopP ?? defaults.TopP,
        MinP = MinP ?? defaults.MinP,
        RepeatPenalty = RepeatPenalty ?? defaults.RepeatPenalty,
        FrequencyPenalty = FrequencyPenalty ?? defaults.FrequencyPenalty,
        PresencePenalty = PresencePenalty ?? defaults.PresencePenalty,
        Seed = Seed ?? defaults.Seed,
    };
}
