using System.Text.Json;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Bench.Evidence;

/// <summary>One expert's whole greedy answer to one question, with all that its logits said of prompt and answer.</summary>
sealed record EvidenceRecord
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public required string Id { get; init; }

    public required string Expert { get; init; }

    public required double Score { get; init; }

    /// <summary>The answer's text.</summary>
    public string Text { get; init; } = "";

    public required int PromptTokens { get; init; }

    public required int AnswerTokens { get; init; }

    /// <summary>Log-probabilities of the prompt's tokens, in nats.</summary>
    public required float[] Prompt { get; init; }

    /// <summary>Log-probability, margin and entropy of each of the answer's tokens, in nats.</summary>
    public required float[][] Answer { get; init; }

    public static float[] Row(TokenScore score) =>
        [MathF.Round(score.LogProbability, 4), MathF.Round(score.Margin, 3), MathF.Round(score.Entropy, 4)];

    public string ToLine() => JsonSerializer.Serialize(this, Json);

    public static EvidenceRecord Parse(string line) => JsonSerializer.Deserialize<EvidenceRecord>(line, Json)!;
}
