using System.Text.Json.Serialization;
using Orchestrator.Experts;

namespace Orchestrator.Host.OpenAi;

/// <summary>The answer of <c>GET /v1/models</c>: policies first, then every expert, the refused ones too.</summary>
sealed record ModelList(IReadOnlyList<ModelEntry> Data)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "list";
}

/// <summary>OpenAI's four fields, and under <c>orchestrator</c> what this service knows beyond them.</summary>
sealed record ModelEntry(string Id, long Created, ModelDetails Orchestrator)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "model";

    public string OwnedBy { get; init; } = "orchestrator";
}

sealed record ModelDetails
{
    /// <summary><c>policy</c> or <c>expert</c>.</summary>
    public required string Kind { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get; init; }

    /// <summary>An expert's residency; null for a policy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? State { get; init; }

    /// <summary>Why a quarantined expert is out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExpertFacts? Facts { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ResidentBytes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ActiveRequests { get; init; }
}
