using System.Text.Json.Serialization;
using Orchestrator.Experts.Panels;

namespace Orchestrator.Host.OpenAi;

/// <summary>What the other members of a panel said; the primary's answer is the message itself.</summary>
sealed record PanelReport(IReadOnlyList<PanelMember> Panel)
{
    public static PanelReport Of(IReadOnlyList<PanelAnswer> answers) => new([.. answers.Select(PanelMember.Of)]);
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
