using Orchestrator.Experts.Configuration;

namespace Orchestrator.Bench.Recruiting;

/// <summary>
/// Symbolic-MoE with one part exchanged at a time. Names say what is exchanged; the first policy is the whole of it, as the
/// configuration has it.
/// </summary>
static class Ablations
{
    const string Asking = "synthesis-always", Settling = "synthesis", Voting = "vote", Counting = "majority", Leading = "first";

    /// <summary>For a random expert that merges: the mean over these stands for it.</summary>
    const int RandomMergers = 3;

    /// <summary>The formulas of the paper's code, with the panel and the merging of the whole.</summary>
    static readonly (string, string)[] Paper = [("scores", "paper"), ("temperature", "0.5"), ("focus", "1")];

    /// <param name="whole">The policy of the configuration.</param>
    /// <param name="mergers">Experts to take random mergers from, in the order of the configuration.</param>
    public static IReadOnlyList<PolicyConfig> Of(PolicyConfig whole, IReadOnlyList<string> mergers, int seed)
    {
        var random = new Random(seed);
        return
        [
            whole,
            whole.Recruiting("paper-scores", Paper),
            whole.Recruiting("paper-scores-synthesis", Paper).Merging(Asking),
            whole.Recruiting("equal-skills", ("decisive", "0")),
            whole.Recruiting("neighbours", ("skills", "neighbours")),
            .. Enumerable.Range(1, 5).Where(k => k != whole.Panel).Select(k => whole.Named($"panel-{k}") with { Panel = k }),
            .. ((string[])[Leading, Voting, Counting, Settling, Asking]).Where(name => name != whole.Aggregator)
                .Select(name => whole.Named($"merged-{name}").Merging(name)),
            .. mergers.OrderBy(_ => random.Next()).Take(RandomMergers).Select(expert =>
                whole.Named($"merged-by-{expert}").Merging(Asking) with { AggregatorExpert = expert }),
            .. ((string[])[Voting, Asking]).SelectMany(name => (PolicyConfig[])
            [
                whole.Named($"random-experts-{name}").By("random", ("seed", $"{seed}")).Merging(name),
                whole.Named($"fixed-top-3-{name}").By("best-single").Merging(name),
            ]),
            whole.Named("fixed-top-5-vote").By("best-single").Merging(Voting) with { Panel = 5 },
        ];
    }

    static PolicyConfig Named(this PolicyConfig policy, string name) => policy with { Name = name };

    static PolicyConfig Recruiting(this PolicyConfig policy, string name, params (string Key, string Value)[] changes)
    {
        var options = new Dictionary<string, string>(policy.Options, StringComparer.Ordinal);
        foreach ((string key, string value) in changes)
            options[key] = value;
        return policy with { Name = name, Options = options };
    }

    static PolicyConfig Merging(this PolicyConfig policy, string aggregator) =>
        policy with { Aggregator = aggregator, AggregatorExpert = null };

    static PolicyConfig By(this PolicyConfig policy, string strategy, params (string Key, string Value)[] options) =>
        policy with { Strategy = strategy, Options = options.ToDictionary(option => option.Key, option => option.Value) };
}
