using Orchestrator.Aggregator.MixtureOfThoughts;
using Orchestrator.Aggregator.Synthesis;
using Orchestrator.Aggregator.Voting;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Aggregator;

/// <summary>Every aggregator by the name that policies use.</summary>
public static class AggregatorRegistry
{
    delegate IAggregator Factory(string name, AggregatorParts parts, string? expert);

    static readonly SortedDictionary<string, Factory> Factories = new(StringComparer.Ordinal)
    {
        [FirstAggregator.Named] = (_, _, _) => new FirstAggregator(),
        [MixtureAggregator.Named] = (_, parts, _) => new MixtureAggregator(parts),
        [VoteAggregator.Weighted] = (name, _, _) => new VoteAggregator(name, new VoteOptions()),
        [VoteAggregator.Equal] = (name, _, _) => new VoteAggregator(name, new VoteOptions { Weighted = false }),
        [SynthesisAggregator.Usual] =
            (name, parts, expert) => new SynthesisAggregator(name, parts, expert, new SynthesisOptions()),
        [SynthesisAggregator.Always] =
            (name, parts, expert) => new SynthesisAggregator(name, parts, expert, new SynthesisOptions { SkipAgreed = false }),
    };

    /// <summary>Those in which an expert writes the answer.</summary>
    static readonly HashSet<string> Asking = [SynthesisAggregator.Usual, SynthesisAggregator.Always];

    public static IReadOnlyCollection<string> Names => Factories.Keys;

    /// <summary>Whether an expert writes the answer, where one is named or chosen.</summary>
    public static bool Asks(string name) => Asking.Contains(name);

    /// <summary>Whether the panel is asked first and its answers are merged; otherwise the aggregator asks its members itself.</summary>
    public static bool Hears(string name) => name != MixtureAggregator.Named;

    /// <summary>Cheap: one may be made for every request.</summary>
    /// <param name="expert">The expert that the policy names to merge; null is the task's.</param>
    /// <exception cref="ArgumentException">No aggregator has that name; the message lists those there are.</exception>
    public static IAggregator Create(string name, AggregatorParts parts, string? expert = null) =>
        Factories.TryGetValue(name, out Factory? create)
            ? create(name, parts, expert ?? parts.TaskExpert)
            : throw new ArgumentException(Unknown(name), nameof(name));

    /// <returns>A sentence for everything that is wrong with what policies say of aggregators; empty when nothing is.</returns>
    public static IReadOnlyList<string> Check(IReadOnlyList<PolicyConfig> policies) => [.. policies.SelectMany(Problems)];

    static IEnumerable<string> Problems(PolicyConfig policy)
    {
        string where = $"Policy '{policy.Name}' (line {policy.Line})";
        if (!Factories.ContainsKey(policy.Aggregator))
        {
            yield return $"{where}: {Unknown(policy.Aggregator)}";
            yield break;
        }

        if (policy.AggregatorExpert is { } expert && !Asking.Contains(policy.Aggregator))
        {
            yield return $"{where}: aggregator_expert is '{expert}', but the aggregator '{policy.Aggregator}' asks no expert; "
                + $"{string.Join(" and ", Asking.Order(StringComparer.Ordinal))} do.";
        }

        if (Hears(policy.Aggregator))
            yield break;
        if (policy.Panel > 1)
            yield return $"{where}: panel is {policy.Panel}, but {Chosen(policy)}; leave panel out.";
        if (policy.Abstain == AbstainTo.Panel)
            yield return $"{where}: abstain is 'panel', but {Chosen(policy)}; allowed are none and generalist.";
    }

    static string Chosen(PolicyConfig policy) =>
        $"with the aggregator '{policy.Aggregator}' the layers of router.mixture choose who is asked";

    static string Unknown(string name) =>
        $"no aggregator is called '{name}'; there are {string.Join(", ", Names)}."
        + (KeySuggestion.For(name, Names) is { } close ? $" Did you mean '{close}'?" : "");
}
