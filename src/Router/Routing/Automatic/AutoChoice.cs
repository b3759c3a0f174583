using System.Text.Json.Serialization;

namespace Orchestrator.Router.Routing.Automatic;

/// <summary>The strategy that policies of the strategy <c>auto</c> follow, and what it was chosen by.</summary>
public sealed record AutoChoice
{
    [JsonRequired]
    public string Strategy { get; init; } = "";

    /// <summary>As a policy of the configuration has them; none are the strategy's defaults.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Mean score on profiled questions, each routed by a fit without its fold.</summary>
    [JsonRequired]
    public double HeldOut { get; init; }

    /// <summary>The outcomes that it was chosen on, by <see cref="Outcomes.OutcomeHash"/>.</summary>
    [JsonRequired]
    public string Table { get; init; } = "";

    public int Questions { get; init; }

    public DateOnly Date { get; init; }

    /// <summary>All that were judged, best first.</summary>
    public IReadOnlyList<AutoCandidate> Candidates { get; init; } = [];

    public IReadOnlyList<AutoOmission> NotRun { get; init; } = [];

    /// <summary>The strategy with its options, for people.</summary>
    [JsonIgnore]
    public string Words => AutoCandidate.Word(Strategy, Options);
}

/// <summary>A strategy with options that was judged.</summary>
/// <param name="HeldOut">Mean score on profiled questions, each routed by a fit without its fold.</param>
/// <param name="Behind">How much less than the chosen one's.</param>
/// <param name="Low">Lower end of the paired 95 % interval of that.</param>
/// <param name="High">Its upper end.</param>
public sealed record AutoCandidate(
    string Strategy, IReadOnlyDictionary<string, string> Options, double HeldOut, double Behind, double Low, double High)
{
    [JsonIgnore]
    public string Words => Word(Strategy, Options);

    internal static string Word(string strategy, IReadOnlyDictionary<string, string> options) => options.Count == 0
        ? strategy
        : $"{strategy} ({string.Join(", ", options.Select(option => $"{option.Key}: {option.Value}"))})";
}

/// <summary>A strategy that could not be fitted.</summary>
public sealed record AutoOmission(string Strategy, string Reason);
