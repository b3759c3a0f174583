using System.Text.Json;
using Microsoft.Extensions.AI;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client.Plugin.Results;

/// <param name="Answer">Its beginning, where it is very long.</param>
/// <param name="Expert">Who answered.</param>
/// <param name="Policy">Who was asked to choose: a policy, or the expert itself.</param>
sealed record AskResult(string Answer, string Expert, string Policy)
{
    const int LongestAnswer = 16_000;
    const int MostOthers = 8;
    const int LongestOther = 300;
    const int MostReasons = 8;
    const int MostDocuments = 20;

    /// <summary>0 to 1: what is expected of the answer; null where nothing supports a number.</summary>
    public double? Confidence { get; init; }

    /// <summary>Whether what was profiled supports the choice.</summary>
    public string? Coverage { get; init; }

    /// <summary>How several answers became one, why documents were read or not, and that the answer is not whole.</summary>
    public IReadOnlyList<string>? Reasons { get; init; }

    /// <summary>What the others said, where several were asked.</summary>
    public IReadOnlyList<OtherAnswer>? Others { get; init; }

    /// <summary>Ids of the documents that were read for the answer.</summary>
    public IReadOnlyList<string>? Documents { get; init; }

    public string? LeftOut { get; init; }

    /// <exception cref="JsonException">Its report is another than Orchestrator's.</exception>
    public static AskResult Of(ChatResponse response, string policy)
    {
        var route = response.GetRoute();
        var report = route?.Panel?.Deserialize(ClientJson.Wire.PanelFacts);
        OtherAnswer[] others = [.. (report?.Panel ?? []).Select(member => new OtherAnswer(member.Expert, Brief.TextOrNull(member.Content, LongestOther), Brief.TextOrNull(member.Error, LongestOther)))];
        string[] documents = [.. (report?.Context?.Passages ?? []).Select(passage => passage.Id)];
        string[] reasons =
        [
            .. report?.Aggregation?.Reasons ?? [],
            .. report?.Context is { } context ? new[] { context.Reason } : [],
            .. response.FinishReason == ChatFinishReason.Length ? new[] { "The answer is cut: it reached the most tokens allowed." } : [],
        ];
        return new AskResult(Brief.Text(response.Text, LongestAnswer), response.ModelId ?? "", policy)
        {
            Confidence = route?.Confidence,
            Coverage = route?.Coverage,
            Reasons = reasons.Length > 0 ? [.. reasons.TakeLast(MostReasons).Select(reason => Brief.Text(reason, LongestOther))] : null,
            Others = others.Length > 0 ? others[..Math.Min(others.Length, MostOthers)] : null,
            Documents = documents.Length > 0 ? documents[..Math.Min(documents.Length, MostDocuments)] : null,
            LeftOut = Brief.Joined(
                Brief.LeftOut(response.Text.Length, LongestAnswer, "characters of the answer"),
                Brief.LeftOut(others.Length, MostOthers, "other answers"),
                Brief.LeftOut(reasons.Length, MostReasons, "reasons"),
                Brief.LeftOut(documents.Length, MostDocuments, "documents")),
        };
    }
}

/// <param name="Answer">Its beginning; null where it failed.</param>
sealed record OtherAnswer(string Expert, string? Answer, string? Error);
