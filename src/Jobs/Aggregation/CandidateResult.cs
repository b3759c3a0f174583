using System.Text.Json.Serialization;

namespace Orchestrator.Jobs.Aggregation;

/// <summary>How well one expert merged the items.</summary>
/// <param name="Right">Merged answers that the question's grader found right.</param>
/// <param name="Tokens">Tokens it wrote for all items.</param>
/// <param name="Failure">Why it could not be tested; null when it was.</param>
public sealed record CandidateResult(
    [property: JsonRequired] string Expert,
    [property: JsonRequired] string Fingerprint,
    long? Parameters,
    [property: JsonRequired] int Right,
    [property: JsonRequired] int Items,
    long Tokens,
    string? Failure)
{
    /// <summary>Items that it could not take, mostly because they are too long for it; they count as wrong.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Refused { get; init; }

    /// <summary>0…1; 0 where nothing was merged.</summary>
    public double Accuracy => Items > 0 ? (double)Right / Items : 0;

    /// <summary>Ends of its 95 % interval.</summary>
    public double Low => WilsonInterval.Of(Right, Items).Low;

    public double High => WilsonInterval.Of(Right, Items).High;
}
