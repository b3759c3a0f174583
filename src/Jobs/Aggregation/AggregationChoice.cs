using System.Text.Json.Serialization;

namespace Orchestrator.Jobs.Aggregation;

/// <summary>Which expert merges best for a task, and how every candidate did.</summary>
public sealed record AggregationChoice
{
    /// <summary>Whoever merges worse than by picking one of three candidates blindly spoils what the panel knows.</summary>
    public const double Blind = 1.0 / AggregationItem.Candidates;

    /// <summary>The task: what the questions are.</summary>
    [JsonRequired]
    public string Source { get; init; } = "";

    /// <summary>
    /// The most accurate; of equals the one with fewer parameters, then fewer tokens, then the first id. Null when nobody is
    /// better than <see cref="Blind"/>.
    /// </summary>
    [JsonPropertyOrder(-1)]
    public string? Chosen => Results
        .Where(result => result.Failure is null && result.Accuracy > Blind)
        .OrderByDescending(result => result.Accuracy)
        .ThenBy(result => result.Parameters ?? long.MaxValue)
        .ThenBy(result => result.Tokens)
        .ThenBy(result => result.Expert, StringComparer.Ordinal)
        .FirstOrDefault()?.Expert;

    [JsonRequired]
    public ItemSet Items { get; init; } = new(0, "", []);

    /// <summary>Best first.</summary>
    [JsonRequired]
    public IReadOnlyList<CandidateResult> Results { get; init; } = [];

    /// <summary>What an earlier choice still tells: of the same items, those of the candidates that have not changed.</summary>
    internal static AggregationChoice Continue(
        AggregationChoice? earlier, ItemSet items, string source, IEnumerable<AggregationCandidate> candidates)
    {
        HashSet<(string, string)> current = [.. candidates.Select(candidate => (candidate.Expert.Id, candidate.Fingerprint))];
        bool sameTest = earlier?.Items.Fingerprint == items.Fingerprint;
        return new AggregationChoice
        {
            Source = source,
            Items = items,
            Results = sameTest ? [.. earlier!.Results.Where(Holds)] : [],
        };

        // Who could not be tested may be able to now.
        bool Holds(CandidateResult result) => result.Failure is null && current.Contains((result.Expert, result.Fingerprint));
    }

    internal bool Knows(string expert) => Results.Any(result => result.Expert == expert);

    internal AggregationChoice With(CandidateResult result) => this with
    {
        Results =
        [
            .. Results.Where(other => other.Expert != result.Expert).Append(result)
                .OrderByDescending(other => other.Accuracy).ThenBy(other => other.Expert, StringComparer.Ordinal),
        ],
    };
}
