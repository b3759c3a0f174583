using Orchestrator.Aggregator.MixtureOfThoughts;
using Orchestrator.Experts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Planning;

/// <summary>Items that the same expert merges, and that want the same others for it.</summary>
/// <param name="Expert">Who merges; of a mixture who speaks.</param>
/// <param name="Peers">Whom the aggregator itself asks; empty where the panel was heard before.</param>
/// <param name="ThoughtBytes">That all its items together take at most of the memory for thoughts.</param>
sealed record MergeGroup(string Expert, IReadOnlyList<string> Peers, IReadOnlyList<CallKey> Calls, long ThoughtBytes)
{
    /// <summary>Beyond it a larger group would save nothing that is worth its place in main memory.</summary>
    const int MostUnderWay = 4096;

    public bool Thinks => Peers.Count > 0;

    /// <summary>By the whole mixture: who speaks and who is heard are both loaded for it.</summary>
    /// <param name="asks">The expert that is needed to merge; null leaves the item out.</param>
    /// <param name="mixture">Null where no thoughts are mixed.</param>
    public static IReadOnlyList<MergeGroup> Of(IEnumerable<StoredItem> items, Func<PlanFacts, string?> asks, Mixture? mixture) =>
    [
        .. items.Select(item => (Item: item, Expert: asks(item.Plan!), Peers: PeersOf(item.Plan!)))
            .Where(wanted => wanted.Expert is not null)
            .Select(wanted => (
                Expert: wanted.Expert!, wanted.Peers, Call: new CallKey(wanted.Item.Index, 0),
                Bytes: wanted.Peers.Count == 0 ? 0 : mixture?.MostBytes(wanted.Expert!, wanted.Peers, wanted.Item.Item.Request) ?? 0))
            .GroupBy(wanted => string.Join('\n', [wanted.Expert, .. wanted.Peers]), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new MergeGroup(
                group.First().Expert, group.First().Peers, [.. group.Select(wanted => wanted.Call)], group.Sum(wanted => wanted.Bytes))),
    ];

    /// <summary>
    /// In the order that takes least loading. Where memory has no room for a whole mixture they stay in the order of their
    /// names, in which those of one speaker are neighbours.
    /// </summary>
    public static IReadOnlyList<MergeGroup> Ordered(IReadOnlyList<MergeGroup> groups, ExpertPool pool)
    {
        WorkGroup[] work = [.. groups.Select(group => new WorkGroup([group.Expert, .. group.Peers], group.Calls.Count, []))];
        return [.. pool.Order(work).Select(place => groups[place])];
    }

    /// <summary>
    /// Mixtures under way at once: the scheduler then sees all drafts of a peer before anybody speaks, and loads each of them
    /// once. Half the memory for thoughts is left to requests that somebody waits for.
    /// </summary>
    /// <param name="groups">That think, at least one.</param>
    /// <param name="bytes">Of the memory for thoughts.</param>
    public static int UnderWay(IReadOnlyList<MergeGroup> groups, long bytes)
    {
        double each = Math.Max(1, (double)groups.Sum(group => group.ThoughtBytes) / groups.Sum(group => group.Calls.Count));
        return (int)Math.Clamp(bytes / 2 / each, 1, MostUnderWay);
    }

    static IReadOnlyList<string> PeersOf(PlanFacts plan) => PanelCalls.IsHeard(plan) ? [] : [.. plan.Panel.Skip(1)];
}
