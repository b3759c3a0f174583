using Orchestrator.Experts.Configuration;

namespace Orchestrator.Bench.Recruiting;

/// <summary>
/// Symbolic-MoE with one part exchanged at a time. Names say what is exchanged; the first policy is the whole of it, as the
/// configuration has it.
/// </summary>
static class Ablations
{
    /// <summary>For a random expert that merges: the mean over these stands for it.</summary>
    const int RandomMergers = 3;

    /// <param name="whole">The policy of the configuration.</param>
    /// <param name="merger">Experts to take random mergers from, in the order of the configuration.</param>
    public static IReadOnlyList<PolicyConfig> Of(PolicyConfig whole, IReadOnlyList<string> merger, int seed)
    {
        var random = new Random(seed);
        return
        [
            whole,
            whole.Recruiting("scores", Other(whole, "scores", "shrunk", "paper")),
            whole.Recruiting("replacement", Other(whole, "replacement", "false", "true")),
            whole.Recruiting("skills", "neighbours"),
            .. Enumerable.Range(1, 5).Where(k => k != whole.Panel).Select(k => whole.Named($"panel-{k}") with { Panel = k }),
            whole.Merging("first"),
            whole.Merging("vote"),
            whole.Merging("majority"),
            whole.Merging("synthesis"),
            whole.Merging("synthesis-always"),
            .. merger.OrderBy(_ => random.Next()).Take(RandomMergers).Select(expert =>
                whole.Named($"merged-by-{expert}") with { Aggregator = "synthesis-always", AggregatorExpert = expert }),
            Strategy(whole, "random-experts", "random", ("seed", $"{seed}")),
            Strategy(whole, "random-experts-vote", "random", ("seed", $"{seed}")) with { Aggregator = "vote", AggregatorExpert = null },
            Strategy(whole, "fixed-top-3", "best-single"),
            Strategy(whole, "fixed-top-5", "best-single") with { Panel = 5 },
        ];
    }

    static PolicyConfig Named(this PolicyConfig policy, string name) => policy with { Name = name };

    static PolicyConfig Recruiting(this PolicyConfig policy, string option, string value) => policy.Named($"{option}-{value}") with
    {
        Options = new Dictionary<string, string>(policy.Options, StringComparer.Ordinal) { [option] = value },
    };

    static PolicyConfig Merging(this PolicyConfig policy, string aggregator) =>
        policy.Named($"merged-{aggregator}") with { Aggregator = aggregator, AggregatorExpert = null };

    static PolicyConfig Strategy(PolicyConfig whole, string name, string strategy, params (string Key, string Value)[] options) =>
        whole.Named(name) with { Strategy = strategy, Options = options.ToDictionary(option => option.Key, option => option.Value) };

    static string Other(PolicyConfig policy, string option, string usual, string other) =>
        policy.Options.GetValueOrDefault(option, usual) == usual ? other : usual;
}
