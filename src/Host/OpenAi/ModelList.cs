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

    /// <summary>What an expert was made for; null for a policy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Purpose { get; init; }

    /// <summary>The format in which it calls tools, such as <c>hermes</c>; null where it calls none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tools { get; init; }

    /// <summary>Where the vectors of an expert that embeds live: those of one space can be compared, others never.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Space { get; init; }

    /// <summary>Numbers of its vectors.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Dimensions { get; init; }

    /// <summary>The expert that embeds the documents which its queries search, where it embeds queries alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? QueriesFor { get; init; }

    /// <summary>An expert's residency; null for a policy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? State { get; init; }

    /// <summary>Share of the file that a running load has read, 0 to 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LoadProgress { get; init; }

    /// <summary>Why an expert is quarantined, or why its last load failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExpertFacts? Facts { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Pinned { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ResidentBytes { get; init; }

    /// <summary>What a load takes of the budget: as its trial found until the first load, then as that took.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ExpectedBytes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ActiveRequests { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? WaitingRequests { get; init; }

    /// <summary>Since the start, like the two below.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Loads { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? FailedLoads { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Evictions { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<VariantDetails>? Variants { get; init; }
}

/// <summary>A low-precision variant of an expert.</summary>
sealed record VariantDetails(
    string Name, string State, long ResidentBytes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason);
