using System.Text.Json.Serialization;

namespace Orchestrator.Host.OpenAi;

/// <summary>The answer of <c>/models/load</c> and <c>/models/unload</c>.</summary>
sealed record LoadReply(bool Success);

/// <summary>The answer of <c>/running</c>.</summary>
sealed record RunningList(IReadOnlyList<RunningModel> Running);

/// <param name="State"><c>loading</c>, <c>resident</c> or <c>draining</c>.</param>
sealed record RunningModel(string Model, string State, long ResidentBytes, int ActiveRequests, int WaitingRequests)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LoadProgress { get; init; }

    /// <summary>Low-precision variants that are on the device.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Variants { get; init; }
}
