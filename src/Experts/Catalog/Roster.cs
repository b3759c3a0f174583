using System.Collections.Frozen;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Embedding;
using Orchestrator.Experts.Local;
using Orchestrator.Experts.Scheduling;

namespace Orchestrator.Experts.Catalog;

/// <summary>The experts of one configuration and their places with the scheduler.</summary>
/// <param name="Entries">In the configuration's order.</param>
/// <param name="ById">Of the usable ones, by id.</param>
sealed record Roster(IReadOnlyList<CatalogEntry> Entries, FrozenDictionary<string, SchedulerExpert> ById)
{
    public static Roster Empty { get; } = new([], FrozenDictionary<string, SchedulerExpert>.Empty);

    public IReadOnlyList<SchedulerExpert> Places => ById.Values;

    public FrozenDictionary<string, LocalExpert> Experts { get; init; } = FrozenDictionary<string, LocalExpert>.Empty;

    /// <summary>Those that embed, by id.</summary>
    public FrozenDictionary<string, IEmbeddingExpert> Embedders { get; init; } = FrozenDictionary<string, IEmbeddingExpert>.Empty;

    /// <summary>An expert that is configured as before, on the same files, keeps its place and with it its model.</summary>
    /// <param name="present">All that may still hold weights, what earlier configurations had too.</param>
    public static Roster Of(
        IReadOnlyList<CatalogEntry> entries, Roster before, IEnumerable<ExpertSlot> present, SchedulerConfig options)
    {
        var weights = before.ById.Values.SelectMany(e => e.Slots).Concat(present)
            .GroupBy(s => SharedWeights.KeyOf(s.Entry)).ToDictionary(g => g.Key, g => g.First().Weights);
        var places = new Dictionary<string, SchedulerExpert>(StringComparer.Ordinal);
        foreach (var entry in entries.Where(e => e.Refusal is null && e.Config.Remote is null))
        {
            var old = before.ById.GetValueOrDefault(entry.Config.Id);
            places[entry.Config.Id] = old is not null && IsSame(old.Slots[0].Entry, entry) ? old : Place(entry);
        }

        return new Roster(entries, places.ToFrozenDictionary(StringComparer.Ordinal));

        SchedulerExpert Place(CatalogEntry entry)
        {
            var variants = options.Variants ? entry.Variants.Where(v => v.Refusal is null) : [];
            return new SchedulerExpert([.. variants.Prepend(entry).Select(Slot)]);
        }

        ExpertSlot Slot(CatalogEntry entry)
        {
            var key = SharedWeights.KeyOf(entry);
            if (!weights.TryGetValue(key, out var shared))
                weights.Add(key, shared = new SharedWeights(entry.EstimatedBytes.Weights));
            return new ExpertSlot(0, entry, shared);
        }
    }

    /// <summary>With the experts that requests ask.</summary>
    public Roster Bound(SchedulerLoop scheduler, RemoteEmbeddings remote) => this with
    {
        Experts = Entries.ToFrozenDictionary(
            e => e.Config.Id, e => new LocalExpert(e, ById.GetValueOrDefault(e.Config.Id), scheduler), StringComparer.Ordinal),
        Embedders = Entries.Where(e => e.Space is not null).ToFrozenDictionary(
            e => e.Config.Id,
            e => e.Config.Remote is null
                ? (IEmbeddingExpert)new LocalEmbeddingExpert(e, e.Space!, ById.GetValueOrDefault(e.Config.Id), scheduler)
                : new RemoteEmbeddingExpert(e.Config, e.Space!, remote),
            StringComparer.Ordinal),
    };

    public IReadOnlyList<ExpertSnapshot> Snapshot(SchedulerLoop scheduler)
    {
        var (published, now) = (scheduler.Published, scheduler.Now);
        var ahead = new LoadsAhead(published, scheduler.ParallelLoads);
        return
        [
            .. Entries.Select(e => e.Placed(
                ById.TryGetValue(e.Config.Id, out var place) && published.Experts.TryGetValue(place, out var live)
                    ? live.At(now, ahead)
                    : e.Snapshot with { FitsBudget = e.EstimatedBytes.Total <= published.Budgets.Of(e.Account), Variants = [.. e.RefusedVariants] },
                (Embedders.GetValueOrDefault(e.Config.Id) as RemoteEmbeddingExpert)?.Dimensions)),
        ];
    }

    static bool IsSame(CatalogEntry old, CatalogEntry now) =>
        old.Stamps == now.Stamps && Plain(old.Config) == Plain(now.Config)
        && old.Config.Variants.SequenceEqual(now.Config.Variants)
        && old.Variants.Select(v => (v.Stamps, v.Refusal)).SequenceEqual(now.Variants.Select(v => (v.Stamps, v.Refusal)));

    /// <summary>Without what may change while the model stays: its line, and the list that is compared by its items.</summary>
    static ExpertConfig Plain(ExpertConfig config) => config with { Line = 0, Variants = [] };
}
