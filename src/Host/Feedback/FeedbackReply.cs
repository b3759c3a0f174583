namespace Orchestrator.Host.Feedback;

/// <summary>The verdict as it is kept, on the disk and in the routers.</summary>
/// <param name="Replaced">Whether it took the place of an earlier one of the same client.</param>
/// <param name="Policies">Those that learn from it; others stay with what was profiled.</param>
sealed record FeedbackReply(
    string RequestId, IReadOnlyDictionary<string, double> Experts, bool Replaced, IReadOnlyList<string> Policies)
{
    [System.Text.Json.Serialization.JsonPropertyOrder(-1)]
    public string Object { get; init; } = "feedback";
}
