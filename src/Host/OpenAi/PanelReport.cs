using System.Text.Json.Serialization;
using Orchestrator.Experts.Panels;
using Orchestrator.Host.Pipeline;

namespace Orchestrator.Host.OpenAi;

/// <summary>What goes beyond OpenAI's fields where more than one call was made for a request.</summary>
/// <param name="Panel">What was said beside the message; all answers of the panel where they were merged.</param>
sealed record PanelReport(IReadOnlyList<PanelMember> Panel)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Merging? Aggregation { get; init; }

    public required RequestCost Cost { get; init; }

    /// <summary>What was found for the question, where the policy has a collection.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ContextReport? Context { get; init; }

    /// <param name="parameters">Of an expert, null where its file does not tell.</param>
    /// <returns>Null where one expert was asked once without a look for passages, which is all that the fields of OpenAI tell.</returns>
    public static PanelReport? Of(Conclusion conclusion, Func<string, long?> parameters) =>
        conclusion.Panel.Count == 0 && conclusion.Calls.Count <= 1 && conclusion.Context is null
            ? null
            : new PanelReport([.. conclusion.Panel.Select(PanelMember.Of)])
            {
                Aggregation = conclusion.Merging,
                Cost = RequestCost.Of(conclusion.Calls, parameters),
                Context = conclusion.Context is { } context ? ContextReport.Of(context) : null,
            };
}

/// <summary>What all calls of a request took.</summary>
/// <param name="ParameterTokens">
/// Sum over the calls of parameters times tokens, read and written: half the floating-point operations of a dense model. Null
/// when an expert's size is unknown: an unknown cost is not nought.
/// </param>
sealed record RequestCost(int Calls, double? ParameterTokens)
{
    public static RequestCost Of(IReadOnlyList<ExpertUsage> calls, Func<string, long?> parameters) => new(
        calls.Sum(call => call.Calls),
        calls.Select(call => parameters(call.Expert) * (double)(call.Usage.PromptTokens + call.Usage.CompletionTokens))
            .Aggregate((double?)0, (sum, cost) => sum + cost));
}

sealed record PanelMember(string Expert)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Variant { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Content { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TokenCounts? Usage { get; init; }

    /// <summary>Why it did not answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    public static PanelMember Of(PanelAnswer answer) => new(answer.Expert)
    {
        Variant = answer.Variant,
        Content = answer.Failure is null ? answer.Text : null,
        Usage = answer.Usage is null ? null : TokenCounts.Of(answer.Usage),
        Error = answer.Failure?.Message,
    };
}
