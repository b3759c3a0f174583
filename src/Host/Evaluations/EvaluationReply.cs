using System.Text.Json.Serialization;
using Orchestrator.Host.OpenAi;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Evaluations;

/// <summary>The answer of <c>POST /v1/evaluations</c>.</summary>
/// <param name="Score">
/// 0 to 1, the mean over the questions: one that failed is wrong, one that its grader could not decide is in no mean. Null where
/// none is left.
/// </param>
/// <param name="Questions">How many there were; <paramref name="Failed"/> and <paramref name="Ungraded"/> of them.</param>
/// <param name="Results">In the order of the questions.</param>
/// <param name="Usage">Of all calls together.</param>
sealed record EvaluationReply(
    string Model, double? Score, int Right, int Questions, int Failed, int Ungraded, IReadOnlyList<QuestionResult> Results, TokenCounts Usage)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "evaluation";

    public static EvaluationReply Of(string model, IReadOnlyList<QuestionResult> results)
    {
        QuestionResult[] counted = [.. results.Where(result => result.Score is not null || result.Error is not null)];
        return new EvaluationReply(
            model,
            counted.Length > 0 ? counted.Average(result => result.Score ?? 0) : null,
            results.Count(result => result.Right is true),
            results.Count,
            results.Count(result => result.Error is not null),
            results.Count - counted.Length,
            results,
            new TokenCounts(results.Sum(result => result.Usage.PromptTokens), results.Sum(result => result.Usage.CompletionTokens)));
    }
}

/// <summary>What became of one question.</summary>
sealed record QuestionResult(string Id)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Answer { get; init; }

    /// <summary>Who answered.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Expert { get; init; }

    /// <summary>1 is right, 0 is wrong; null when it failed or the grader could not decide.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Score { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Right => Score is { } score ? score >= 1 : null;

    /// <summary>Why the grader could not decide.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>Why there is no answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ApiError? Error { get; init; }

    [JsonIgnore]
    public TokenUsage Usage { get; init; } = new(0, 0);
}
